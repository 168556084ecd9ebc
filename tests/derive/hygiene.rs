//! Models in functions and private modules, and scopes that redefine everything.

#![allow(non_camel_case_types, reason = "names of the prelude are taken on purpose")]

use manufactory::Factory as _;

#[test]
fn a_model_in_a_function() {
    #[derive(manufactory::Factory)]
    struct Local {
        #[factory(value(3))]
        number: u8,
    }

    #[derive(manufactory::Factory)]
    struct Around {
        #[factory(sub_factory(LocalFactory))]
        local: Local,
    }
    assert_eq!(Around::factory().build().local.number, 3);
}

mod shadowed {
    pub(super) struct Option;
    struct Some;
    struct None;
    struct String;
    struct Vec;
    struct Box;
    struct Result;
    struct Clone;
    struct u64_;
    mod std {}
    mod core {}
    mod manufactory_derive {}

    #[derive(::manufactory::Factory)]
    #[factory(table = "models")]
    #[factory(after_build(|model| model.number += 1))]
    pub(super) struct Model {
        #[factory(key)]
        pub(super) id: i64,
        #[factory(lazy(|n| n as i64 + 1))]
        pub(super) number: i64,
        #[factory(format("{number}"))]
        pub(super) text: ::std::string::String,
        #[factory(skip, auto(from))]
        pub(super) kind: Kind,
    }

    #[derive(::manufactory::Auto)]
    #[factory(auto(from))]
    pub(super) struct Kind(u8);

    impl ::core::convert::From<u8> for Kind {
        fn from(kind: u8) -> Self {
            Self(kind)
        }
    }

    #[derive(::manufactory::Auto)]
    pub(super) enum Choice {
        None,
        Some(Kind),
    }
}

#[test]
fn generated_code_names_everything_absolutely() {
    fn listed<T: manufactory::Auto + manufactory::Variants>() {}
    listed::<shadowed::Choice>();
    let model = shadowed::Model::factory().number(4).build();
    assert_eq!((model.text.as_str(), model.number), ("4", 5));
}

mod renamed {
    use ::manufactory as other;

    #[derive(other::Factory)]
    #[factory(crate = other)]
    pub(super) struct Model {
        pub(super) id: u8,
    }
}

#[test]
fn the_core_crate_can_have_another_name() {
    assert_eq!(renamed::Model::factory().id(4).build().id, 4);
}

/// Calls its attributes, presets and children what the traits behind a factory call their functions.
mod homonyms {
    #[derive(Clone, ::manufactory::Factory)]
    #[factory(table = "models", param(sharing: u8 = value(1), under: u8 = value(2), fork: u8 = value(3)))]
    #[factory(has_many(offspring: LeafFactory, by = take), preset(empty: fill = value(4), offspring = 2))]
    #[factory(preset(finish: empty, prepare = value("x")))]
    pub(super) struct Model {
        #[factory(key)]
        pub(super) id: i64,
        #[factory(lazy(|sharing, under, fork| i64::from(sharing + under + fork)))]
        pub(super) fill: i64,
        #[factory(format("{fill}"))]
        pub(super) prepare: ::std::string::String,
        #[factory(value(5))]
        pub(super) write: i64,
        #[factory(value(6))]
        pub(super) read: i64,
        #[factory(value(7))]
        pub(super) describe: i64,
    }

    #[derive(::manufactory::Factory)]
    #[factory(table = "leaves", preset(empty: link = value(9)))]
    pub(super) struct Leaf {
        #[factory(key)]
        pub(super) id: i64,
        #[factory(sub_factory(ModelFactory))]
        pub(super) take_id: i64,
        #[factory(value(8))]
        pub(super) link: i64,
    }
}

#[test]
fn names_of_what_is_behind_a_factory_are_the_users() {
    use homonyms::Model;
    let _session = manufactory::Session::seeded(1).enter();
    let model = Model::factory().under(5).build();
    assert_eq!((model.fill, model.prepare.as_str()), (9, "9"));
    let model = Model::factory().finish().build_batch(2).remove(1);
    assert_eq!((model.fill, model.prepare.as_str(), model.id), (4, "x", 3));
    let leaf = homonyms::Leaf::factory().take_with(|model| model.empty().write(1)).empty().build();
    assert_eq!((leaf.link, leaf.take_id), (9, 4));
    let _ = Model::factory().offspring(homonyms::Leaf::factory().times(2));
}
