//! What `fuzz` has found: the input, and what is said of it or written for it now.

use proc_macro2::TokenStream;
use syn::{File, Item, LitStr};

/// The errors that a factory of this struct gets.
fn errors(source: &str) -> Vec<String> {
    errors_in(written(source))
}

fn errors_in(output: TokenStream) -> Vec<String> {
    let file: File = syn::parse2(output).expect("it is Rust");
    let errors = file.items.iter().filter_map(|item| match item {
        Item::Macro(item) if item.mac.path.segments.last()?.ident == "compile_error" => Some(&item.mac),
        _ => None,
    });
    errors.map(|error| error.parse_body::<LitStr>().expect("errors are text").value()).collect()
}

fn written(source: &str) -> TokenStream {
    crate::expand(source.parse().expect("it consists of tokens"))
}

/// Whether these tokens stand in what is written for a struct, which is Rust.
fn has(source: &str, tokens: &str) -> bool {
    assert_eq!(errors(source), [""; 0], "{source}");
    let tokens: TokenStream = tokens.parse().expect("it consists of tokens");
    written(source).to_string().contains(&tokens.to_string())
}

#[test]
fn an_expression_that_begins_like_a_statement_is_one_expression() {
    assert!(has("struct A { #[factory(lazy(|n| { 1 } + n))] a: u64 }", "-> u64 { ({ 1 } + n) }"));
    assert!(has(
        "struct A { #[factory(sequence(|n| match n { _ => 1 } as u8))] a: u8 }",
        "{ (match n { _ => 1 } as u8) }"
    ));
    assert!(has(
        "struct A { #[factory(list(BFactory, if X { 1 } else { 2 } - 1))] a: Vec<B> }",
        "{ (if X { 1 } else { 2 } - 1) }"
    ));
    assert!(has("#[factory(construct = |a| m! {} + a)] struct A { a: u8 }", "-> A { (m! {} + a) }"));
    assert!(has(
        "struct A { #[factory(sub_factory(BFactory, with = |b| let c = 1))] b_id: i64 }",
        "-> BFactory { (let c = 1) }"
    ));
    assert!(has(
        "struct A { #[factory(lazy(|n| { n }))] a: u64, #[factory(lazy(|n| n + 1))] b: u64 }",
        "-> u64 { n + 1 }"
    ));
}

#[test]
fn a_model_is_named_by_a_path_to_a_struct() {
    for model in ["crate", "self", "super::super", "Self", "Self::A", "a::b::<u8>::Self", "\"crate\""] {
        let what = if model.starts_with('"') {
            "a model is named by its path, without quotes"
        } else {
            "a model is named by its path"
        };
        let said = errors(&format!("#[factory(model = {model})] struct A {{ a: u8 }}"));
        assert_eq!(said, [format!("{what}; write `model = path::User`")], "{model}");
    }
    assert_eq!(errors("#[factory(model = crate::app::Page<u8>)] struct A { a: u8 }"), [""; 0]);
}

#[test]
fn self_is_no_crate() {
    for krate in ["Self", "a::Self"] {
        let said = errors(&format!("#[factory(crate = {krate})] struct A {{ a: u8 }}"));
        assert_eq!(said, ["expected the path of a crate; write `crate = path`"], "{krate}");
    }
    assert_eq!(errors("#[factory(crate = crate)] struct A { a: u8 }"), [""; 0]);
}

#[test]
fn a_trait_is_no_type_of_a_value() {
    for ty in ["Option<dyn B + Send>", "dyn B", "Option<B +>", "impl B + C"] {
        let said = errors(&format!("struct A {{ #[factory(sub_factory(BFactory))] b_id: {ty} }}"));
        assert_eq!(said, ["`b_id` would be a trait, and no value is one; put it into a box: `Box<dyn Trait>`"], "{ty}");
    }
    let words = [
        ("#[factory(table = \"a\", returns = dyn B + Send)] struct A { a: u8 }", "returns = Type"),
        ("#[factory(param(b: dyn B + Send = value(1)))] struct A { a: u8 }", "param(name: Type = declaration)"),
        ("struct A { #[factory(as(dyn B + Send))] a: u8 }", "as(Type)"),
        ("struct A { #[factory(auto(from = dyn B + Send))] a: u8 }", "auto(from)"),
    ];
    for (source, usage) in words {
        assert_eq!(errors(source), [format!("a trait is no type that a value can have; write `{usage}`")], "{source}");
    }
    assert_eq!(errors("struct A { b: Option<Box<dyn B + Send>> }"), [""; 0]);
}

#[test]
fn a_trait_is_no_factory() {
    let sources = [
        ("struct A { #[factory(sub_factory(BFactory +))] b_id: i64 }", "sub_factory(UserFactory)"),
        ("struct A { #[factory(list(dyn B + Send, 3))] bs: Vec<B> }", "list(UserFactory, 3)"),
        ("#[factory(has_one(b: BFactory +, by = a))] struct A;", "has_one(profile: ProfileFactory, by = user)"),
        (
            "#[factory(many_to_many(bs: BFactory, through = dyn C + Send(a, b)))] struct A;",
            "through = JoinFactory(here, there)",
        ),
    ];
    for (source, usage) in sources {
        assert_eq!(errors(source), [format!("expected the type of a factory; write `{usage}`")], "{source}");
    }
}

#[test]
fn a_trait_has_no_automatic_value() {
    for source in ["struct A { b: dyn B + Send }", "struct A(B +);", "enum A { B, C(dyn B + Send) }"] {
        let said = errors_in(crate::expand_auto(source.parse().expect("it consists of tokens")));
        assert_eq!(
            said,
            ["`A` would hold a trait, and no value is one; put it into a box: `Box<dyn Trait>`"],
            "{source}"
        );
    }
}
