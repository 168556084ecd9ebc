//! What holds for everything that can be written: the derive never panics, what it writes is Rust, and its words are
//! those of the documentation.

mod circles;
mod found;
mod fuzz;

use crate::plan::names::METHODS;
use crate::spec::words::{AUTO, AUTO_TYPE, DECLARATIONS, FAKE, FIELD, STRUCT, SUB_FACTORY};
use std::collections::HashSet;
use std::fs;

/// What follows a word, mostly wrong.
const FOLLOWED_BY: &[&str] = &[
    "",
    "()",
    "(,)",
    "(())",
    "[]",
    "{}",
    "(..)",
    "(0)",
    "(-0)",
    "(\"\")",
    "(\"{\")",
    "(\"{é} {}}\")",
    "(\"{a.b.c:>$}\")",
    "(|| 0)",
    "(|a| a)",
    "(|a, a| 0)",
    "(|&(a, _)| 0)",
    "(async move |a: &u8| -> u8 { 0 })",
    "(a)",
    "(a b)",
    "(a,)",
    "(a, b)",
    "(a: u8)",
    "(a: u8 = value(1), a)",
    "(a: a = lazy(|a| a))",
    "(a: b)",
    "(a:)",
    "(: a)",
    "([])",
    "([(0, 0)])",
    "([1, 2, 3])",
    "(0.5, maybe(0.5, maybe(0.5, sequence)))",
    "(9.9e99, list(A, 1))",
    "(AFactory, optional, key = 1)",
    "(AFactory, with = || a)",
    "(<A as B>::C, name = type)",
    "((A, B), 3)",
    "(fn(), 3)",
    "(A::<u8>, 0 - 1)",
    "(a = b)",
    "(a = = b)",
    "(#)",
    "('a)",
    "(r#a)",
    "(from)",
    "(from = )",
    "(from = u8, b)",
    "(form = u8)",
    "(a, unique)",
    "(a, unique, b)",
    "(a, uniqe)",
    "(a, 3)",
    " = ",
    " = 3",
    " = a",
    " = \"a\"",
    " = \"a..b\"",
    " = crate",
    " = ::a::<u8>",
    " = |a| a",
    " = |_, a| a",
    " = r#type",
    " a",
    " #",
    ": u8",
    "!",
    "?",
    "::a",
    "(a)(b)",
    "()()",
    "(a) = b",
];

fn expand(source: &str) {
    expand_by(crate::expand, source);
    expand_by(crate::expand_auto, source);
}

fn expand_by(expand: fn(proc_macro2::TokenStream) -> proc_macro2::TokenStream, source: &str) {
    // What is no Rust is rustc's to refuse: a derive never sees it.
    let Ok(input) = source.parse::<proc_macro2::TokenStream>() else { return };
    if syn::parse2::<syn::DeriveInput>(input.clone()).is_err() {
        return;
    }
    let output = expand(input);
    if let Err(error) = syn::parse2::<syn::File>(output.clone()) {
        panic!("{error}\n{source}\n{output}");
    }
}

#[test]
fn odd_attributes_are_errors_never_panics() {
    let types = ["u8", "Option<u8>", "(u8, T)"].iter().cycle();
    let odd = ["unknown", "valeu", "_"].map(|word| (word, ""));
    let on_field = [DECLARATIONS, FIELD, &odd].concat();
    for (((word, _), rest), ty) in
        on_field.iter().flat_map(|word| FOLLOWED_BY.iter().map(move |rest| (word, rest))).zip(types)
    {
        expand(&format!("struct A<T> {{ #[factory({word}{rest}, {word}, key)] a_id: {ty}, b: T }}"));
    }
    for (word, _) in [STRUCT, &odd].concat() {
        for rest in FOLLOWED_BY {
            expand(&format!("#[factory({word}{rest}, {word})] struct A {{ #[factory(lazy(|b| b))] a: u8 }}"));
        }
    }
    for (word, _) in [SUB_FACTORY, &odd].concat() {
        for rest in FOLLOWED_BY {
            expand(&format!("struct A {{ #[factory(sub_factory(AFactory, {word}{rest}))] a: Option<Box<A>> }}"));
        }
    }
    for (word, _) in [AUTO_TYPE, STRUCT, &odd].concat() {
        for rest in FOLLOWED_BY {
            expand(&format!("#[factory({word}{rest}, {word})] struct A<T>(T);"));
            expand(&format!("#[factory({word}{rest})] enum A {{ #[factory({word}{rest})] B(#[factory({word})] u8) }}"));
        }
    }
    for rest in FOLLOWED_BY {
        expand(&format!(
            "#[factory(table = \"a\", preset(b: a = value{rest}), param(c: u8 = value{rest}))] struct A {{ a: u8 }}"
        ));
    }
}

#[test]
fn odd_structs_are_errors_never_panics() {
    let sources = [
        "struct A;",
        "struct A {}",
        "struct A();",
        "struct A(u8, #[factory(value(1))] u8);",
        "enum A {}",
        "#[factory(preset(a: b = value(1)))] enum A { B { #[factory(value(1))] c: u8 } }",
        "union A { a: u8 }",
        "enum A<'a, T: ?Sized + 'a = str> where T: B { C(&'a T, u8), r#D { r#type: Box<A<'a, T>> }, E() }",
        "#[factory(auto(from))] struct A<T>(Box<T>) where T: B;",
        "#[factory(auto(from))] struct A(Box<Self>, Rc<A>);",
        "struct r#type { r#fn: u8, #[factory(lazy(|r#fn| *r#fn))] r#match: u8 }",
        "struct A { a: u8, a: u8 }",
        "struct A { _id: i64, #[factory(sub_factory(AFactory))] id: i64 }",
        "struct A { #[factory(sub_factory(AFactory))] _id: i64 }",
        "struct A { #[factory(sub_factory(AFactory))] self_id: i64, #[factory(sub_factory(AFactory))] type_id: i64 }",
        "#[factory(param(type: u8, self: u8), preset(fn: type = value(1), loop), preset(crate: a = default))] struct A { a: u8 }",
        "struct A { #[factory(format(\"{self}{type}{r#type}{a.self}{1a}{'}{\\\"}\"))] a: String, r#type: u8 }",
        "struct A<'a, 'b: 'a, T: ?Sized + 'a = str, const N: usize = 3>(&'a T) where [u8; N]: Sized;",
        "struct A<'a, 'b: 'a, T: ?Sized + 'a = str, const N: usize = 3> where [u8; N]: Sized { #[factory(key)] a: &'a T, b: [u8; N] }",
        "pub(in crate::a) struct A { pub(super) a: impl Fn() -> u8, b: _, c: !, d: dyn A }",
        "#[factory] struct A { #[factory = 1] a: u8, #[factory[value(1)]] b: u8, #[factory{value(1)}] c: u8 }",
        "#[factory()] struct A { #[factory(,)] a: u8, #[factory(,,)] b: u8, #[factory(value(1),)] c: u8 }",
        "#[factory(preset(a: a), preset(b: c), preset(c: b, a), preset(a: b))] struct A { a: u8 }",
        "#[factory(construct = |a, a, b| A, construct = |b| A)] struct A { a: u8 }",
        "#[factory(after_build(|a, b, c, a| a), after_build(|_| ()))] struct A { a: u8 }",
        "struct A { #[factory(lazy(|b| b))] a: u8, #[factory(lazy(|a, c| a))] b: u8, #[factory(format(\"{a}{b}{c}\"))] c: u8 }",
        "#[factory(param(a = sub_factory(AFactory, with = |a, b| a)))] struct A { #[factory(lazy(|a| 1))] b: u8 }",
        "#[factory(table = \"a\")] struct A { #[factory(list(AFactory, 1), column = \"b\")] a: Vec<A>, b: u8 }",
    ];
    for source in sources {
        expand(source);
    }
    let fields = (0..70).map(|i| format!("#[factory(database)] a{i}: u8,")).collect::<Vec<_>>().concat();
    expand(&format!("#[factory(table = \"a\")] struct A {{ {fields} }}"));
}

#[test]
fn the_methods_of_every_factory_are_known() {
    let source = include_str!("../../src/factory/mod.rs");
    let file = syn::parse_file(source).expect("it compiles");
    let methods = file.items.iter().flat_map(|item| match item {
        syn::Item::Trait(item) if item.ident == "Factory" => item.items.as_slice(),
        _ => &[],
    });
    let methods = methods.filter_map(|item| match item {
        syn::TraitItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    let missing: Vec<_> = methods.filter(|method| !METHODS.contains(&method.as_str())).collect();
    assert_eq!(missing, [""; 0], "setters of these names would hide them");
    assert!(source.contains("fn build_batch(self"), "the trait was found");
}

#[test]
fn every_word_is_documented_as_it_is_written() {
    let docs = include_str!("../../docs/attributes.md");
    for (word, usage) in [DECLARATIONS, FIELD, STRUCT, SUB_FACTORY, FAKE, AUTO, AUTO_TYPE].concat() {
        // `value(`, `key =`, `skip`
        let end = usage.find(['(', '=']).map_or(usage.len(), |end| end + 1);
        assert!(docs.contains(&format!("`{}", &usage[..end])), "`{word}` is not in docs/attributes.md");
    }
}

#[test]
fn the_table_of_attributes_leads_to_every_section() {
    let docs = include_str!("../../docs/attributes.md");
    let mut is_code = false;
    let headings = docs.lines().filter(|line| {
        is_code ^= line.starts_with("```");
        !is_code && line.starts_with('#')
    });
    let anchors: HashSet<_> = headings.map(anchor).collect();
    let links: Vec<_> = docs.split("](#").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    for link in &links {
        assert!(anchors.contains(*link), "`#{link}` leads nowhere in docs/attributes.md");
    }
    for (word, _) in [DECLARATIONS, FIELD, STRUCT].concat() {
        let is_linked = links.iter().any(|link| link.split('-').any(|part| part == word));
        assert!(is_linked, "`{word}` is not in the tables on top of docs/attributes.md");
    }
}

/// What rustdoc and mdBook call a heading.
fn anchor(heading: &str) -> String {
    let letters = heading.trim_start_matches('#').trim().chars().filter_map(|letter| match letter {
        letter if letter.is_whitespace() => Some('-'),
        letter => (letter.is_alphanumeric() || "-_".contains(letter)).then_some(letter.to_ascii_lowercase()),
    });
    letters.collect()
}

#[test]
fn every_declaration_has_a_page_of_the_guide() {
    let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/declarations");
    let overview = fs::read_to_string(format!("{pages}/README.md")).expect("there is an overview");
    for (word, _) in DECLARATIONS {
        let page = fs::read_to_string(format!("{pages}/{word}.md")).unwrap_or_default();
        let title = page.lines().next().and_then(|line| line.strip_prefix("# "));
        assert_eq!(title, Some(*word), "`{word}` has no page docs/declarations/{word}.md of that title");
        assert!(overview.contains(&format!("]({word}.md)")), "`{word}` is not in docs/declarations/README.md");
    }
}
