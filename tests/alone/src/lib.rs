//! Factories in a crate of an older edition, without any feature.

#![deny(warnings)]

#[cfg(test)]
#[allow(dead_code)]
#[path = "../../runtime/golden/mod.rs"]
mod golden;

#[cfg(test)]
mod tests {
    use manufactory::{Auto, Factory, Memory, Session};

    #[derive(Debug, Clone, Factory)]
    struct User {
        #[factory(key)]
        id: i64,
        name: String,
        #[factory(lazy(|name| format!("{name}@example.com")))]
        email: String,
        #[factory(sub_factory(UserFactory, optional, with = |boss, name| boss.name(format!("boss of {name}"))))]
        boss_id: Option<i64>,
    }

    #[test]
    fn plain_values_are_built() {
        let _session = Session::seeded(1).enter();
        let user = User::factory().build();
        assert_eq!(
            (user.id, user.name.as_str(), user.email.as_str(), user.boss_id),
            (1, "name0", "name0@example.com", None)
        );
    }

    #[derive(Debug, Clone, PartialEq, Auto)]
    enum Size {
        Small,
        Large(u8),
    }

    #[derive(Debug, Clone, PartialEq, Auto)]
    #[factory(auto(from))]
    struct Code(String);

    impl From<String> for Code {
        fn from(code: String) -> Self {
            Self(code)
        }
    }

    #[derive(Factory)]
    struct Shirt {
        size: Size,
        code: Code,
        #[factory(auto(from))]
        other: Option<Code>,
    }

    #[test]
    fn own_types_have_values() {
        let _session = Session::seeded(1).enter();
        let shirts: Vec<_> = ShirtFactory::coverage().into_iter().map(Factory::build).collect();
        assert_eq!((&shirts[0].size, &shirts[1].size), (&Size::Small, &Size::Large(1)));
        assert_eq!((&*shirts[1].code.0, &shirts[1].other), ("code1", &Some(Code("other1".to_owned()))));
    }

    /// The model, the trait and its implementor are of three crates.
    #[derive(Factory)]
    #[factory(model = std::ops::Range<u8>, name = Spans)]
    struct SpanDefinition {
        start: u8,
        #[factory(lazy(|start| start + 1))]
        end: u8,
    }

    #[derive(Factory)]
    struct Line {
        #[factory(sub_factory(Spans))]
        span: std::ops::Range<u8>,
    }

    #[test]
    fn models_of_other_crates_are_built() {
        assert_eq!(SpanDefinition::factory().start(4).build(), 4..5);
        assert_eq!(Line::factory().span(&(2..3)).build().span, 2..3);
    }

    #[test]
    fn a_store_needs_no_runtime() {
        let mut store = Memory::new();
        let mut future = User::factory().boss_with(|boss| boss).create_batch(&mut store, 2);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let users = match future.as_mut().poll(&mut context) {
            std::task::Poll::Ready(users) => users.unwrap(),
            std::task::Poll::Pending => panic!("the reference store waits for nothing"),
        };
        assert!(users.iter().all(|user| user.boss_id.is_some()));
        drop(users);
        drop(future);
        assert_eq!(store.count("User"), 4);
    }
}
