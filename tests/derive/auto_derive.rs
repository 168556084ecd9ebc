//! `#[derive(Auto)]`

use manufactory::{Attribute, Auto, Factory, Session, Variants};
use std::marker::PhantomData;

#[derive(Debug, Clone, PartialEq, Auto)]
enum Role {
    Member,
    Admin,
}

#[derive(Debug, PartialEq, Auto)]
enum Contact {
    Post { street: String, number: u8 },
    Phone(u64),
    Both(Role, String),
    None,
}

#[derive(Debug, PartialEq, Auto)]
struct Score(u32);

#[derive(Debug, PartialEq, Auto)]
struct Pair(u8, Role);

#[derive(Debug, PartialEq, Auto)]
struct Nothing;

#[derive(Debug, PartialEq, Auto)]
struct Place {
    code: String,
    r#type: String,
    score: Score,
    nothing: Nothing,
    pair: Pair,
}

#[derive(Factory)]
struct User {
    role: Role,
    contact: Contact,
    score: Score,
    place: Place,
    boxed: Box<Role>,
}

#[test]
fn enums_get_their_first_variant_and_structs_their_constructor() {
    let _session = Session::seeded(1).enter();
    let user = User::factory().build_batch(4).remove(3);
    assert_eq!((user.role, *user.boxed, user.score), (Role::Member, Role::Member, Score(3)));
    assert!(matches!(&user.contact, Contact::Post { street, number: 3 } if !street.is_empty()));
    let place = Place {
        code: "code3".to_owned(),
        r#type: "type3".to_owned(),
        score: Score(3),
        nothing: Nothing,
        pair: Pair(3, Role::Member),
    };
    assert_eq!(user.place, place, "each field under its own name");
}

#[derive(Debug, PartialEq, Auto)]
enum Shape<T, const N: usize = 2>
where
    T: Clone,
{
    Square([T; N]),
    Named { of: PhantomData<T> },
}

#[derive(Factory)]
struct Drawing<T: Clone> {
    shape: Shape<T, 3>,
}

#[test]
fn parameters_have_values_of_their_own() {
    let _session = Session::seeded(1).enter();
    assert_eq!(Drawing::<u8>::factory().build().shape, Shape::Square([0; 3]));
}

/// The automatic value of an attribute `code` in row 7, and all its variants.
fn auto<T: Auto>() -> T {
    T::auto(&Attribute::new(&Session::seeded(1), 0, "code", 7, 7))
}

fn variants<T: Variants>() -> Vec<T> {
    T::variants(&Attribute::new(&Session::seeded(1), 0, "code", 7, 7))
}

#[test]
fn an_enum_lists_its_variants() {
    assert_eq!(variants::<Role>(), [Role::Member, Role::Admin]);
    assert_eq!(variants::<Option<Role>>(), [Some(Role::Member), Some(Role::Admin)]);
    let contacts = variants::<Contact>();
    assert_eq!(contacts.len(), 4);
    assert_eq!(contacts[1..3], [Contact::Phone(7), Contact::Both(Role::Member, "code7".to_owned())]);
}

#[derive(Debug, PartialEq, Auto)]
#[factory(auto(from))]
struct Code(String);

impl From<String> for Code {
    fn from(text: String) -> Self {
        Self(text.to_uppercase())
    }
}

#[derive(Debug, PartialEq, Auto)]
#[factory(auto(from))]
struct Twice<T>(Vec<T>);

impl<T> From<Vec<T>> for Twice<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

#[test]
fn a_newtype_can_be_made_by_from() {
    assert_eq!(auto::<Code>(), Code("CODE7".to_owned()));
    assert_eq!(auto::<Twice<u8>>(), Twice(Vec::new()));
}

/// Ends, because the first variant does.
#[derive(Debug, PartialEq, Auto)]
enum Tree {
    Leaf,
    Node(Box<Tree>),
}

#[derive(Debug, PartialEq, Auto)]
struct Chain {
    next: Option<Box<Chain>>,
}

#[test]
fn what_holds_itself_has_an_end() {
    assert_eq!(variants::<Tree>(), [Tree::Leaf, Tree::Node(Box::new(Tree::Leaf))]);
    assert_eq!(auto::<Chain>(), Chain { next: None });
}

#[derive(Auto)]
struct Twins(Stream, Stream);

/// What the attribute draws.
struct Stream(u64);

impl Auto for Stream {
    fn auto(attribute: &Attribute<'_>) -> Self {
        use rand::Rng;
        Self(attribute.stream().next_u64())
    }
}

#[test]
fn parts_have_randomness_of_their_own() {
    let twins = auto::<Twins>();
    assert_ne!(twins.0.0, twins.1.0);
    let attribute = Attribute::new(&Session::seeded(1), 5, "a", 0, 0).stream();
    let deep = |names: [&'static str; 2]| {
        let session = Session::seeded(1);
        names.iter().fold(Attribute::new(&session, 5, "a", 0, 0), |attribute, name| attribute.field(name)).stream()
    };
    assert_ne!(deep(["a", "b"]), deep(["b", "a"]));
    assert_ne!(deep(["a", "a"]), attribute);
}

#[derive(Debug, PartialEq, Factory, Auto)]
#[factory(table = "things", on(sqlite), construct = |name, size| Thing { name, size })]
struct Thing {
    #[factory(value("chair"))]
    name: String,
    size: u8,
}

#[test]
fn a_factory_may_stand_beside_it() {
    assert_eq!(Thing::factory().size(1).build().name, "chair");
    assert_eq!(auto::<Thing>(), Thing { name: auto::<Named>().name, size: 7 });
}

#[derive(Auto)]
struct Named {
    name: String,
}

mod renamed {
    use ::manufactory as other;

    #[derive(Debug, PartialEq, other::Auto)]
    #[factory(crate = other)]
    pub(super) enum Level {
        Low,
        High(u8),
    }
}

#[test]
fn the_core_crate_can_have_another_name() {
    assert_eq!(variants::<renamed::Level>(), [renamed::Level::Low, renamed::Level::High(7)]);
}
