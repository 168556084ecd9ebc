//! Type parameters, const parameters, lifetimes.

use manufactory::Factory;
use std::fmt::Debug;

#[derive(Debug, PartialEq, Factory)]
struct Page<T, const N: usize = 2>
where
    T: Debug,
{
    item: T,
    #[factory(default)]
    count: usize,
    #[factory(value([0; N]))]
    bytes: [u8; N],
    others: Vec<T>,
}

#[test]
fn type_and_const_parameters() {
    let page = Page::<u8, 3>::factory().item(5).build();
    assert_eq!((page.item, page.bytes, page.others), (5, [0, 0, 0], Vec::new()));
    let pages: Vec<Page<String>> = Page::factory().item("x").build_batch(2);
    assert_eq!(pages[1].item, "x");
}

#[derive(Debug, PartialEq, Factory)]
struct NewUser<'a> {
    #[factory(value("alice"))]
    name: &'a str,
    bio: Option<&'a str>,
}

#[test]
fn lifetimes() {
    let name = String::from("bob");
    let user = NewUser::factory().name(&name).bio(name.as_str()).build();
    assert_eq!(user, NewUser { name: "bob", bio: Some("bob") });
    assert_eq!(NewUser::factory().build().name, "alice");
}

#[derive(Factory)]
struct Concrete {
    #[factory(sub_factory(PageFactory<i64>))]
    page: Page<i64>,
}

#[test]
fn a_parent_can_be_generic() {
    assert_eq!(Concrete::factory().page_with(|page| page.count(3)).build().page.count, 3);
}
