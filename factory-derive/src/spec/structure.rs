//! What is said on the struct: its table, what the factory has besides the fields, presets and hooks.

use super::closure::Closure;
use super::declaration::{self, Declaration};
use super::{entries, words};
use crate::diagnostics::Diagnostics;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, Path, Token, Type};

/// Everything on the struct.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) table: Option<LitStr>,
    pub(crate) params: Vec<Extra>,
    pub(crate) columns: Vec<Extra>,
    pub(crate) presets: Vec<Preset>,
    pub(crate) after_build: Vec<Closure>,
    pub(crate) construct: Option<Closure>,
    pub(crate) krate: Option<Path>,
}

/// An attribute that is no field: `name: Type = declaration`. A param that is a parent has no type.
pub(crate) struct Extra {
    pub(crate) name: Ident,
    pub(crate) ty: Option<Type>,
    pub(crate) declaration: Declaration,
}

/// `name: attribute = declaration, other_preset, ..`
pub(crate) struct Preset {
    pub(crate) name: Ident,
    pub(crate) others: Vec<Ident>,
    pub(crate) changes: Vec<(Ident, Declaration)>,
}

impl Options {
    pub(crate) fn read(attrs: &[Attribute], diagnostics: &Diagnostics) -> Self {
        let mut this = Self::default();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("factory")) {
            let read = attr.parse_args_with(|input: ParseStream<'_>| {
                entries::read(input, diagnostics, |word, input| this.word(&word, input, diagnostics));
                Ok(())
            });
            diagnostics.take(read);
        }
        this
    }

    fn word(&mut self, word: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> entries::Entry {
        let text = word.unraw().to_string();
        let twice = match text.as_str() {
            "table" => self.table.replace(entries::assigned(word, input, diagnostics, |input| table(input, diagnostics))?).is_some(),
            "crate" => self.krate.replace(entries::assigned(word, input, diagnostics, |input| krate(input, diagnostics))?).is_some(),
            "construct" => {
                let closure = entries::assigned(word, input, diagnostics, |input| Closure::read(input, "construct", diagnostics))?;
                self.construct.replace(closure).is_some()
            }
            "param" => {
                entries::argument(word, input, diagnostics, |input| extras(input, diagnostics, true, &mut self.params))?;
                false
            }
            "column" => {
                entries::argument(word, input, diagnostics, |input| extras(input, diagnostics, false, &mut self.columns))?;
                false
            }
            "preset" => {
                let preset = entries::argument(word, input, diagnostics, |input| Preset::read(input, diagnostics))?;
                self.presets.push(preset);
                false
            }
            "after_build" => {
                let hook = entries::argument(word, input, diagnostics, |input| hook(input, diagnostics))?;
                self.after_build.push(hook);
                false
            }
            other => {
                if words::DECLARATIONS.contains(&other) || words::FIELD.contains(&other) {
                    diagnostics.error(word.span(), format!("`{other}` belongs on a field, not on the struct"));
                } else {
                    entries::unknown("attribute", word, &[words::STRUCT], diagnostics);
                }
                return None;
            }
        };
        if twice {
            diagnostics.error(word.span(), format!("`{text}` stands here twice; leave one out"));
        }
        Some(())
    }
}

fn table(input: ParseStream<'_>, diagnostics: &Diagnostics) -> entries::Entry<LitStr> {
    match entries::parse::<Expr>(input, diagnostics)? {
        Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) if name.value().split('.').any(str::is_empty) => {
            diagnostics.error(name.span(), "a table needs a name: `table = \"users\"` or `table = \"schema.users\"`");
            None
        }
        Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) => Some(name),
        other => {
            diagnostics.error(other.span(), "the table is named in quotes: `table = \"users\"`");
            None
        }
    }
}

fn krate(input: ParseStream<'_>, diagnostics: &Diagnostics) -> entries::Entry<Path> {
    entries::parse(input, diagnostics)
}

/// `name: Type = declaration, ..`; a param may leave the type out where it is a parent.
fn extras(input: ParseStream<'_>, diagnostics: &Diagnostics, untyped: bool, extras: &mut Vec<Extra>) -> entries::Entry {
    entries::read(input, diagnostics, |name, input| {
        let ty = match input.parse::<Token![:]>() {
            Ok(_) => Some(entries::parse::<Type>(input, diagnostics)?),
            Err(_) => None,
        };
        let declaration = match input.parse::<Token![=]>() {
            Ok(_) => Declaration::expect(input, diagnostics)?,
            Err(_) => Declaration::auto(name.span()),
        };
        if ty.is_none() && !(untyped && declaration.sub_factory().is_some()) {
            diagnostics.error(name.span(), format!("`{name}` needs a type: `{name}: Type = declaration`"));
            return None;
        }
        extras.push(Extra { name, ty, declaration });
        Some(())
    });
    Some(())
}

fn hook(input: ParseStream<'_>, diagnostics: &Diagnostics) -> entries::Entry<Closure> {
    let hook = Closure::read(input, "after_build", diagnostics)?;
    if hook.params.is_empty() {
        diagnostics.error(hook.span, "`after_build` gets the model first: `|model| ..`");
        return None;
    }
    Some(hook)
}

impl Preset {
    fn read(input: ParseStream<'_>, diagnostics: &Diagnostics) -> entries::Entry<Self> {
        let name = diagnostics.take(input.call(Ident::parse_any))?;
        entries::parse::<Token![:]>(input, diagnostics)?;
        let mut others = Vec::new();
        let changes = declaration::assignments(input, diagnostics, &mut others);
        Some(Self { name, others, changes })
    }
}
