//! What is said on the struct: its table, what the factory has besides the fields, presets and hooks.

use super::children::{self, Children};
use super::closure::Closure;
use super::declaration::{self, Declaration};
use super::entries::{self, Entry};
use super::keyword::Keyword;
use super::on::On;
use super::table::Tables;
use super::{model, words};
use crate::diagnostics::Diagnostics;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, Path, Token, Type};

/// Everything on the struct.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) table: Tables,
    /// The databases that can store it, where not all of them can.
    pub(crate) on: Option<On>,
    pub(crate) params: Vec<Extra>,
    pub(crate) columns: Vec<Extra>,
    pub(crate) presets: Vec<Preset>,
    pub(crate) children: Vec<Children>,
    pub(crate) get_or_create: Option<(Span, Vec<Ident>)>,
    /// What `create` gives back instead of the model.
    pub(crate) returns: Option<(Span, Type)>,
    /// What SeaORM starts a row from.
    pub(crate) active_model: Option<(Span, Path)>,
    pub(crate) after_build: Vec<Closure>,
    pub(crate) after_create: Option<Span>,
    pub(crate) construct: Option<Closure>,
    pub(crate) krate: Option<Path>,
    /// The model, where the struct only defines how another one is made.
    pub(crate) model: Option<Path>,
    /// The factory's name.
    pub(crate) name: Option<Ident>,
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
        entries::all(attrs, "table = \"users\"", diagnostics, |word, input| this.word(word, input, diagnostics));
        this
    }

    fn word(&mut self, word: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry {
        if let Some(word) = Keyword::find(word, &[words::STRUCT]) {
            return self.known(word, input, diagnostics);
        }
        if Keyword::find(word, &[words::DECLARATIONS, words::FIELD]).is_some() {
            diagnostics.error(
                word.span(),
                format!("`{}` belongs on a field; write it there, not on the struct", word.unraw()),
            );
        } else {
            entries::unknown("attribute", word, &[words::STRUCT], diagnostics, |word, muted| {
                self.known(word, input, muted);
            });
        }
        None
    }

    fn known(&mut self, word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry {
        let twice = match word.text {
            "table" | "crate" | "returns" | "model" | "name" | "construct" | "active_model" => {
                word.assigned(input, diagnostics, |input| self.value(word, input, diagnostics))?
            }
            "no_returning" => {
                self.table.no_returning.replace(word.bare(input, diagnostics).map(|()| word.span)?).is_some()
            }
            "on" => {
                let on = word.argument(input, diagnostics, |input| On::read(word, input, diagnostics))?;
                self.on.replace(on).is_some()
            }
            "param" | "column" => {
                let extras = if word.text == "param" { &mut self.params } else { &mut self.columns };
                word.argument(input, diagnostics, |input| {
                    Extra::read_all(word, input, diagnostics, extras);
                    Some(())
                })?;
                false
            }
            "preset" => {
                let preset = word.argument(input, diagnostics, |input| Preset::read(word, input, diagnostics))?;
                self.presets.push(preset);
                false
            }
            "has_many" | "has_one" | "many_to_many" => {
                let mut children =
                    word.argument(input, diagnostics, |input| Children::read(word, input, diagnostics))?;
                children.read_default(word, input, diagnostics)?;
                self.children.push(children);
                false
            }
            "get_or_create" => {
                let names = word.argument(input, diagnostics, |input| children::names(word, input, diagnostics))?;
                self.get_or_create.replace((word.span, names)).is_some()
            }
            "after_create" => self.after_create.replace(word.bare(input, diagnostics).map(|()| word.span)?).is_some(),
            "after_build" => {
                let hook = word.argument(input, diagnostics, |input| hook(word, input, diagnostics))?;
                self.after_build.push(hook);
                false
            }
            word => unreachable!("`{word}` is in the table of words on a struct and is not read"),
        };
        if twice {
            diagnostics.error(word.span, format!("`{}` stands here twice; leave one out", word.text));
        }
        Some(())
    }

    /// What stands behind the sign: whether something stood there before.
    fn value(&mut self, word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<bool> {
        let twice = match word.text {
            "table" => self.table.read(word, input, diagnostics)?,
            "crate" => self.krate.replace(path(word, input, diagnostics)?).is_some(),
            "returns" => self.returns.replace((word.span, word.ty(input, diagnostics)?)).is_some(),
            "active_model" => self.active_model.replace((word.span, word.parse(input, diagnostics)?)).is_some(),
            "model" => self.model.replace(model::path(word, input, diagnostics)?).is_some(),
            "name" => self.name.replace(model::name(word, input, diagnostics)?).is_some(),
            "construct" => self.construct.replace(Closure::read(word, input, diagnostics)?).is_some(),
            word => unreachable!("`{word}` takes no value"),
        };
        Some(twice)
    }
}

/// A path to a crate or a module, without generic arguments.
pub(crate) fn path(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Path> {
    let start = input.span();
    let path = input.call(Path::parse_mod_style).ok();
    let path = path.filter(|path| path.segments.iter().all(|segment| segment.ident != "Self"));
    if path.is_none() {
        word.misused(start, "expected the path of a crate", diagnostics);
    }
    path
}

fn hook(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Closure> {
    let hook = Closure::read(word, input, diagnostics)?;
    if hook.params.is_empty() {
        word.misused(&hook.head, "`after_build` gets the model first", diagnostics);
        return None;
    }
    Some(hook)
}

impl Extra {
    /// `name: Type = declaration, ..`; a param may leave the type out where it is a parent.
    fn read_all(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics, extras: &mut Vec<Self>) {
        entries::read(input, &word.expects("a name"), diagnostics, |name, input| {
            let name = entries::name(name, diagnostics)?;
            let ty = match input.parse::<Token![:]>() {
                Ok(_) if entries::at_end(input) || input.peek(Token![=]) => None,
                Ok(_) => Some(word.ty(input, diagnostics)?),
                Err(_) => None,
            };
            let declaration = match input.parse::<Token![=]>() {
                Ok(_) => Declaration::of(&name, input, diagnostics),
                Err(_) => Some(Declaration::auto(name.span())),
            };
            let sound = declaration.is_some();
            // A faulty one leaves its name all the same: what uses it would be reported as well.
            let declaration = declaration.unwrap_or_else(|| Declaration::auto(name.span()));
            let untyped = ty.is_none() && !(word.text == "param" && declaration.sub_factory().is_some());
            if sound && untyped {
                diagnostics.error(
                    name.span(),
                    format!("`{name}` needs a type; write `{}({name}: Type = declaration)`", word.text),
                );
            }
            extras.push(Self { name, ty, declaration });
            (sound && !untyped).then_some(())
        });
    }
}

impl Preset {
    fn read(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        let start = input.span();
        let Ok(written) = input.call(Ident::parse_any) else {
            word.misused(start, "a preset needs a name", diagnostics);
            return None;
        };
        let name = entries::name(&written, diagnostics)?;
        let mut preset = Self { name, others: Vec::new(), changes: Vec::new() };
        if input.parse::<Token![:]>().is_err() {
            let name = &preset.name;
            word.misused(name.span(), format_args!("`{name}` needs a `:` and what it changes"), diagnostics);
            // It leaves its name all the same: what uses it would be reported as well.
            let _ = input.parse::<proc_macro2::TokenStream>();
            return Some(preset);
        }
        preset.changes = declaration::assignments(word, input, diagnostics, &mut preset.others);
        Some(preset)
    }
}
