//! `auto(from)`, `auto(from = Type)`

use manufactory::{Factory, Session};

macro_rules! newtypes {
    ($($name:ident($inner:ty)),*) => {$(
        #[derive(Debug, Clone, PartialEq)]
        struct $name($inner);

        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }
    )*};
}

newtypes! { UserId(i64), Small(i16), Email(String), Ratio(f64), Both(u16) }

impl From<String> for Both {
    fn from(_: String) -> Self {
        unreachable!("a number comes first")
    }
}

impl From<u8> for Both {
    fn from(_: u8) -> Self {
        unreachable!("the wider number comes first")
    }
}

#[derive(Debug, PartialEq, Factory)]
#[factory(param(level: Small = auto(from)))]
#[factory(column(hash: Email = auto(from = String)))]
#[factory(preset(rated: ratio = auto(from = f64)))]
struct User {
    #[factory(key, auto(from))]
    id: UserId,
    #[factory(auto(from))]
    code: Email,
    #[factory(auto(from))]
    other: Both,
    #[factory(auto(from))]
    backup: Option<Email>,
    #[factory(auto(from = f64))]
    scale: Ratio,
    #[factory(value(Ratio(0.5)))]
    ratio: Ratio,
    #[factory(maybe(1.0, auto(from)))]
    perhaps: Option<Small>,
    #[factory(auto(from))]
    plain: i64,
    #[factory(lazy(|level| i32::from(level.0)))]
    read: i32,
}

#[test]
fn a_newtype_has_what_its_type_has() {
    let _session = Session::seeded(1).enter();
    let user = User::factory().rated().build_batch(4).remove(3);
    let expected = User {
        id: UserId(3),
        code: Email("code3".to_owned()),
        other: Both(3),
        backup: Some(Email("backup3".to_owned())),
        scale: Ratio(3.0),
        ratio: Ratio(3.0),
        perhaps: Some(Small(3)),
        plain: 3,
        read: 3,
    };
    assert_eq!(user, expected, "a key that is declared is made here, and counts from 0");
}

#[derive(Factory)]
struct Wrapped<N, T> {
    #[factory(auto(from = T))]
    value: N,
    #[factory(auto(from = T))]
    option: Option<N>,
    #[factory(value(None))]
    unused: Option<T>,
}

#[derive(Factory)]
struct Known<N>
where
    N: From<u64>,
{
    #[factory(auto(from))]
    value: N,
}

#[test]
fn types_may_be_parameters() {
    let _session = Session::seeded(1).enter();
    let wrapped = Wrapped::<UserId, i64>::factory().build_batch(2).remove(1);
    assert_eq!((wrapped.value, wrapped.option), (UserId(1), Some(UserId(1))));
    assert_eq!(Known::<u128>::factory().build_batch(3).remove(2).value, 2);
}

#[cfg(feature = "uuid")]
mod uuid {
    use super::*;
    use ::uuid::Uuid;

    newtypes! { Token(Uuid) }

    #[derive(Factory)]
    struct Login {
        #[factory(auto(from))]
        token: Token,
        #[factory(lazy(|token| token.0))]
        same: Uuid,
    }

    #[test]
    fn a_newtype_around_a_uuid() {
        let logins = Login::factory().build_batch(2);
        assert_ne!(logins[0].token, logins[1].token);
        assert_eq!((logins[0].token.0.get_version_num(), logins[0].same), (4, logins[0].token.0));
    }
}

#[tokio::test]
async fn a_declared_key_goes_to_the_database() {
    #[derive(Debug, Factory)]
    #[factory(table = "tags")]
    struct Tag {
        #[factory(key, auto(from))]
        id: i64,
        name: String,
    }

    let _session = Session::seeded(1).enter();
    let mut db = manufactory::Memory::new();
    let ids: Vec<_> = Tag::factory().create_batch(&mut db, 2).await.unwrap().iter().map(|tag| tag.id).collect();
    assert_eq!(ids, [0, 1], "made here: the database would count from 1");
}
