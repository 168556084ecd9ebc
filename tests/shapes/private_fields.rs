//! Models whose fields are private, made and read by a constructor that checks: types that cannot be wrong, as in Zero To
//! Production.

use super::databases::{rows, sqlite};
use manufactory::Factory;

mod domain {
    /// An address that was checked.
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Email(String);

    impl Email {
        pub(super) fn parse(text: String) -> Result<Self, String> {
            if text.contains('@') { Ok(Self(text)) } else { Err(format!("`{text}` is no address")) }
        }
    }

    impl TryFrom<String> for Email {
        type Error = String;

        fn try_from(text: String) -> Result<Self, String> {
            Self::parse(text)
        }
    }

    impl From<Email> for String {
        fn from(email: Email) -> Self {
            email.0
        }
    }

    /// A subscriber, who has at least an address.
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Subscriber {
        id: i64,
        email: Email,
        is_confirmed: bool,
    }

    impl Subscriber {
        pub(super) fn new(id: i64, email: Email) -> Self {
            Self { id, email, is_confirmed: false }
        }

        pub(super) fn confirm(&mut self) {
            self.is_confirmed = true;
        }

        pub(super) fn id(&self) -> i64 {
            self.id
        }

        pub(super) fn email(&self) -> &Email {
            &self.email
        }

        pub(super) fn is_confirmed(&self) -> bool {
            self.is_confirmed
        }
    }
}

/// The key is made here: a field that cannot be seen cannot be read.
#[derive(Factory)]
#[factory(model = domain::Subscriber, table = "subscribers", on(sqlx, sqlite), construct = |id, email, is_confirmed| {
    let mut subscriber = domain::Subscriber::new(id, email);
    if is_confirmed {
        subscriber.confirm();
    }
    subscriber
})]
struct SubscriberDefinition {
    #[factory(sequence(|n| i64::try_from(n).unwrap() + 1))]
    id: i64,
    #[factory(as(String), lazy(|n| domain::Email::parse(format!("reader{n}@example.com")).unwrap()))]
    email: domain::Email,
    #[factory(value(true))]
    is_confirmed: bool,
}

#[tokio::test]
async fn models_are_made_by_their_constructor() {
    let db =
        sqlite("create table subscribers (id integer primary key, email text not null, is_confirmed boolean)").await;
    let _session = manufactory::Session::seeded(1).enter();
    let reader = SubscriberFactory::new().create(&db).await.unwrap();
    assert!(
        reader.id() == 1 && reader.is_confirmed() && *reader.email() != domain::Email::parse("a@b".into()).unwrap()
    );
    SubscriberFactory::new().is_confirmed(false).create_batch(&db, 2).await.unwrap();
    let found = rows(&db, "select email || is_confirmed from subscribers").await;
    assert_eq!(found, ["reader0@example.com1", "reader1@example.com0", "reader2@example.com0"]);
}
