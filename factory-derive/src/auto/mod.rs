//! `#[derive(Auto)]`: what was written, checked. Knows nothing of factories; `emit` writes the code.

mod emit;

pub(crate) use emit::{all, fallback};

use crate::diagnostics::Diagnostics;
use crate::plan::types;
use crate::spec::{Keyword, Options, entries, is_trait, path, words};
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Data, DeriveInput, Field, Fields, Generics, Ident, Path, Type, parse_quote};

/// The type, with what its attributes say.
pub(crate) struct Item<'a> {
    ident: &'a Ident,
    generics: &'a Generics,
    krate: Path,
    shape: Shape<'a>,
    /// `auto(from)`: made by `From` its only field, not by its constructor.
    from: bool,
}

/// What there is to make.
enum Shape<'a> {
    Struct(&'a Fields),
    /// The first variant, and all of them.
    Enum(&'a syn::Variant, Vec<&'a syn::Variant>),
    /// Nothing; the mistake was reported.
    Faulty {
        is_enum: bool,
    },
}

/// The words on the type.
#[derive(Default)]
struct Words {
    krate: Option<Path>,
    from: Option<Span>,
}

impl<'a> Item<'a> {
    /// Reads the type; what is wrong with it is reported, and the rest is read all the same.
    pub(crate) fn read(input: &'a DeriveInput, diagnostics: &Diagnostics) -> Self {
        let (ident, generics) = (&input.ident, &input.generics);
        let words = words(input, diagnostics);
        let shape = match &input.data {
            Data::Struct(data) => Shape::Struct(&data.fields),
            Data::Enum(data) => match data.variants.first() {
                Some(first) => Shape::Enum(first, data.variants.iter().collect()),
                None => {
                    diagnostics.error(
                        ident.span(),
                        format!("`{ident}` has no variant, and so no value; leave the derive out"),
                    );
                    Shape::Faulty { is_enum: true }
                }
            },
            Data::Union(_) => {
                diagnostics.error(ident.span(), format!("`Auto` makes structs and enums, and `{ident}` is a union; leave the derive out, and write `impl manufactory::Auto for {ident}`"));
                Shape::Faulty { is_enum: false }
            }
        };
        check_from(ident, &shape, words.from, diagnostics);
        check_inner_words(&shape, diagnostics);
        check_holds_values(ident, &shape, diagnostics);
        check_has_an_end(ident, &shape, words.from, diagnostics);
        let krate = words.krate.unwrap_or_else(|| parse_quote!(::manufactory));
        Self { ident, generics, krate, shape, from: words.from.is_some() }
    }
}

fn words(input: &DeriveInput, diagnostics: &Diagnostics) -> Words {
    // A factory may be derived for the same struct: its words stand here as well.
    if is_for_a_factory(input) {
        return Words { krate: Options::read(&input.attrs, diagnostics).krate, from: None };
    }
    let mut all = Words::default();
    entries::all(&input.attrs, "auto(from)", diagnostics, |word, input| all.word(word, input, diagnostics));
    all
}

fn is_for_a_factory(input: &DeriveInput) -> bool {
    matches!(&input.data, Data::Struct(data) if !matches!(data.fields, Fields::Unnamed(_)))
}

impl Words {
    fn word(&mut self, word: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> entries::Entry {
        let Some(keyword) = Keyword::find(word, &[words::AUTO_TYPE]) else {
            if words::find(&word.unraw().to_string(), words::STRUCT).is_some() {
                diagnostics.error(word.span(), format!("`{word}` is a word of `Factory`, and `Auto` has only `auto(from)` and `crate = path`; leave it out"));
            } else {
                entries::unknown("attribute", word, &[words::AUTO_TYPE], diagnostics, |_, _| {});
            }
            return None;
        };
        let twice = if keyword.text == "crate" {
            let krate = keyword.assigned(input, diagnostics, |input| path(keyword, input, diagnostics))?;
            self.krate.replace(krate).is_some()
        } else {
            let from =
                keyword.argument(input, diagnostics, |input| entries::option(input, words::AUTO, diagnostics))?;
            self.from.replace(from.span).is_some()
        };
        if twice {
            diagnostics.error(word.span(), format!("`{word}` stands here twice; leave one out"));
        }
        Some(())
    }
}

/// `#[factory(auto(from))] struct Pair(u8, u8);`
fn check_from(ident: &Ident, shape: &Shape<'_>, from: Option<Span>, diagnostics: &Diagnostics) {
    let Some(span) = from else { return };
    match shape {
        Shape::Struct(fields) if fields.len() == 1 => {}
        Shape::Struct(fields) => diagnostics.error(span, format!("`auto(from)` is for a struct around one value, and `{ident}` has {} fields; leave it out", fields.len())),
        Shape::Enum(..) => diagnostics.error(span, format!("`auto(from)` is for a struct around one value, and `{ident}` is an enum, which gets its first variant; leave it out")),
        Shape::Faulty { .. } => {}
    }
}

/// `enum Role { #[factory(default)] Member }`
fn check_inner_words(shape: &Shape<'_>, diagnostics: &Diagnostics) {
    let refuse = |attrs: &[Attribute], why: &str| {
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("factory")) {
            diagnostics
                .error(&attr.meta, format!("{why}; leave this out, or write the `impl manufactory::Auto` by hand"));
        }
    };
    let field = |field: &Field| refuse(&field.attrs, "`Auto` gives every field its automatic value");
    match shape {
        // Words on named fields are those of a factory that may be derived as well.
        Shape::Struct(Fields::Unnamed(fields)) => fields.unnamed.iter().for_each(field),
        Shape::Enum(_, variants) => {
            for variant in variants {
                refuse(&variant.attrs, "`Auto` takes the first variant of an enum");
                variant.fields.iter().for_each(field);
            }
        }
        Shape::Struct(_) | Shape::Faulty { .. } => {}
    }
}

/// `struct Failure(dyn Error + Send);`
fn check_holds_values(ident: &Ident, shape: &Shape<'_>, diagnostics: &Diagnostics) {
    for field in held_traits(shape) {
        diagnostics.error(
            &field.ty,
            format!("`{ident}` would hold a trait, and no value is one; put it into a box: `Box<dyn Trait>`"),
        );
    }
}

/// Fields that hold a trait as it is, so that the type has no size.
fn held_traits<'s>(shape: &'s Shape<'_>) -> impl Iterator<Item = &'s Field> {
    let all: Vec<&Fields> = match shape {
        Shape::Struct(fields) => vec![fields],
        Shape::Enum(_, variants) => variants.iter().map(|variant| &variant.fields).collect(),
        Shape::Faulty { .. } => Vec::new(),
    };
    all.into_iter().flatten().filter(|field| is_trait(&field.ty))
}

/// `enum Tree { Node(Box<Tree>), Leaf }`
fn check_has_an_end(ident: &Ident, shape: &Shape<'_>, from: Option<Span>, diagnostics: &Diagnostics) {
    let (fields, remedy) = match shape {
        Shape::Struct(fields) if from.is_none() => (*fields, "hold an `Option` of it"),
        Shape::Enum(first, _) => (&first.fields, "put a variant without it first"),
        Shape::Struct(_) | Shape::Faulty { .. } => return,
    };
    for field in fields.iter().filter(|field| is_itself(&field.ty, ident)) {
        diagnostics.error(
            &field.ty,
            format!("the automatic value of `{ident}` would hold another, and so on without end; {remedy}"),
        );
    }
}

fn is_itself(ty: &Type, ident: &Ident) -> bool {
    let mut ty = ty;
    loop {
        match types::unwrapped(ty) {
            (types::Wrapper::Plain, Type::Path(path)) => {
                let alone =
                    path.path.segments.first().filter(|_| path.qself.is_none() && path.path.segments.len() == 1);
                return alone.is_some_and(|alone| alone.ident == *ident || alone.ident == "Self");
            }
            (types::Wrapper::Plain, _) => return false,
            (_, inner) => ty = inner,
        }
    }
}
