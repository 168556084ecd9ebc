//! `sub_factory(F, ..)`

use manufactory::{Factory, Session};
use std::sync::Arc;

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(preset(admin: role = value("admin")))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(value("member"))]
    role: String,
    #[factory(value("en"))]
    language: String,
}

#[derive(Debug, Factory)]
#[factory(preset(reviewed: reviewer = sub_factory(UserFactory, with = |r| r.admin())))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(value("ko"))]
    language: String,
    #[factory(sub_factory(UserFactory, with = |author, language| author.language(language.clone()).role("author")))]
    author_id: i64,
    #[factory(lazy(|author| author.clone()))]
    seen: User,
    #[factory(sub_factory(UserFactory, optional, name = reviewer))]
    checked_by_id: Option<i64>,
    #[factory(sub_factory(UserFactory, key = language))]
    dialect: String,
}

#[test]
fn the_declared_parent_stands_below_the_callers() {
    let _session = Session::seeded(1).enter();
    let seen = Post::factory().build().seen;
    assert_eq!((seen.language.as_str(), seen.role.as_str()), ("ko", "author"));
    let seen = Post::factory().language("fr").author_with(|a| a.role("guest")).build().seen;
    assert_eq!((seen.language.as_str(), seen.role.as_str()), ("fr", "guest"));
    let seen = Post::factory().author(User::factory().language("de")).build().seen;
    assert_eq!((seen.language.as_str(), seen.role.as_str()), ("de", "author"));
    let seen = Post::factory().author_with(UserFactory::admin).build().seen;
    assert_eq!(seen.role, "author", "a preset is weaker than what the relation says");
}

#[test]
fn an_optional_parent_is_absent_unless_asked_for() {
    let _session = Session::seeded(1).enter();
    let user = User::factory().id(40).build();
    assert_eq!(Post::factory().build().checked_by_id, None);
    assert!(Post::factory().reviewed().build().checked_by_id.is_some());
    assert_eq!(Post::factory().reviewed().without_reviewer().build().checked_by_id, None);
    assert_eq!(Post::factory().reviewer(&user).build().checked_by_id, Some(40));
    assert_eq!(Post::factory().checked_by_id(3).build().checked_by_id, Some(3));
    assert_eq!(Post::factory().checked_by_id(None).build().checked_by_id, None);
    assert_eq!(Post::factory().dialect(&user).build().dialect, "en", "another field of the parent");
}

#[derive(Clone, Factory)]
struct Address {
    #[factory(value("Seoul"))]
    city: String,
}

#[derive(Factory)]
#[factory(param(company = sub_factory(UserFactory)))]
struct Customer {
    #[factory(lazy(|company| company.id))]
    company_id: i64,
    #[factory(lazy(|company| company.language.clone()))]
    language: String,
    #[factory(sub_factory(AddressFactory))]
    address: Address,
    #[factory(sub_factory(AddressFactory))]
    boxed: Box<Address>,
    #[factory(sub_factory(AddressFactory))]
    shared: Arc<Address>,
    #[factory(sub_factory(AddressFactory, optional))]
    other: Option<Box<Address>>,
    #[factory(lazy(|address, other| format!("{} {}", address.city, other.map_or("", |o| o.city.as_str()))))]
    label: String,
}

#[test]
fn a_whole_model_can_be_held_in_many_ways() {
    let customer = Customer::factory().build();
    assert_eq!((customer.address.city.as_str(), customer.boxed.city.as_str()), ("Seoul", "Seoul"));
    assert!(customer.other.is_none() && customer.shared.city == "Seoul");
    let busan = Address::factory().city("Busan").build();
    let customer = Customer::factory().address(&busan).other_with(|o| o.city("Jeju")).build();
    assert_eq!(customer.label, "Busan Jeju");
    assert_eq!(customer.other.unwrap().city, "Jeju");
}

#[test]
fn one_parent_feeds_several_attributes() {
    let org = User::factory().id(77).language("sv").build();
    let customer = Customer::factory().company(&org).build();
    assert_eq!((customer.company_id, customer.language.as_str()), (77, "sv"));
}

#[derive(Factory)]
struct Category {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(CategoryFactory, optional))]
    parent_id: Option<i64>,
}

#[derive(Factory)]
struct Egg {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(HenFactory))]
    hen_id: i64,
}

#[derive(Factory)]
struct Hen {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(EggFactory, optional))]
    egg_id: Option<i64>,
}

#[test]
fn circles_go_as_deep_as_asked() {
    let _session = Session::seeded(1).enter();
    let leaf = Category::factory().parent_with(|p| p.parent_with(|g| g)).build();
    assert_eq!((leaf.id, leaf.parent_id), (1, Some(2)));
    assert!(Category::factory().build().parent_id.is_none());
    let egg = Egg::factory().hen_with(|hen| hen.egg_with(|egg| egg)).build();
    assert_eq!((egg.id, egg.hen_id), (1, 1));
}
