//! The model, made of the factory's slots.

use super::{Emit, Often, definition, slot, value};
use crate::plan::{Attribute, Need, Place, Relation, Value, types::Wrapper};
use crate::spec::ClosureParam;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

/// The model from the slots, `self` taken apart.
pub(crate) fn finish(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let values = needed(emit).map(|attribute| {
        let value = match attribute.value {
            Value::Declared { .. } => {
                let ident = attribute.ident;
                quote!(#private::taken(self.#ident))
            }
            Value::Parent(i) => parent_value(emit, &emit.plan.relations[i]),
        };
        (attribute.ident, value)
    });
    assemble(emit, &values.collect::<Vec<_>>())
}

/// The attributes that go into the model: the fields, or what `construct` takes.
pub(crate) fn needed<'e>(emit: &'e Emit<'_>) -> impl Iterator<Item = &'e Attribute<'e>> {
    let construct = emit.plan.item.options.construct.as_ref();
    emit.plan.attributes.iter().filter(move |attribute| match construct {
        Some(closure) => closure.params.iter().any(|param| param.name.unraw() == attribute.ident.unraw()),
        None => attribute.place == Place::Field,
    })
}

/// A field that a relation fills, the relation's slot emptied where it holds just this.
pub(crate) fn parent_value(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    let (private, slot) = (&emit.private, &relation.ident);
    match relation.need {
        Need::Key(_) if relation.option => quote!(#private::Link::into_set(self.#slot)),
        Need::Key(_) | Need::List(_) => quote!(#private::taken(#private::Link::into_set(self.#slot))),
        Need::Model(_) => slot::key(emit, relation),
        Need::Whole => {
            let wrap = wrapper(relation.wrapper);
            let whole = quote!(#private::Link::into_set(self.#slot));
            if relation.option { quote!(#whole.map(#wrap)) } else { quote!(#wrap(#private::taken(#whole))) }
        }
    }
}

fn wrapper(wrapper: Wrapper) -> TokenStream {
    match wrapper {
        Wrapper::Plain => quote!(::core::convert::identity),
        Wrapper::Box => quote!(::std::boxed::Box::new),
        Wrapper::Arc => quote!(::std::sync::Arc::new),
        Wrapper::Rc => quote!(::std::rc::Rc::new),
    }
}

/// The model from its values: the struct, or the user's `construct`.
pub(crate) fn assemble(emit: &Emit<'_>, values: &[(&Ident, TokenStream)]) -> TokenStream {
    let plan = emit.plan;
    let model = &emit.built;
    let Some(construct) = &plan.item.options.construct else {
        return literal(emit, values);
    };
    let (params, arguments): (Vec<_>, Vec<_>) = construct
        .params
        .iter()
        .filter_map(|ClosureParam { name, ty }| {
            let (ident, value) = values.iter().find(|(ident, _)| ident.unraw() == name.unraw())?;
            let attribute = plan.attributes.iter().find(|attribute| attribute.ident == *ident)?;
            let ty = ty.as_ref().unwrap_or(attribute.ty);
            Some((quote!(#name: #ty), value))
        })
        .unzip();
    let body = super::block(&construct.body);
    quote!((|#(#params),*| -> #model #body)(#(#arguments),*))
}

/// The struct with its fields. Where the model is somebody else's, a field may have another type there: rustc says so
/// at the type that stands here.
fn literal(emit: &Emit<'_>, values: &[(&Ident, TokenStream)]) -> TokenStream {
    let model = definition::literal(emit.plan.item);
    if emit.plan.item.options.model.is_none() {
        let fields = values.iter().map(|(field, value)| quote!(#field: #value));
        return quote!(#model { #(#fields),* });
    }
    let (mut lets, mut fields) = (Vec::new(), Vec::new());
    for field in &emit.plan.item.fields {
        let Some((ident, value)) = values.iter().find(|(ident, _)| *ident == field.ident) else { continue };
        let (ty, local) = (field.ty, format_ident!("__{}", ident.unraw(), span = super::place(field.ty.span())));
        lets.push(quote!(let #local: #ty = #value;));
        fields.push(quote!(#ident: #local));
    }
    quote!({ #(#lets)* #model { #(#fields),* } })
}

/// What has to be cloned before the model is made, and the calls of the hooks on `__model`.
pub(crate) fn hooks(emit: &Emit<'_>) -> (TokenStream, TokenStream) {
    let model = &emit.built;
    let (mut before, mut after) = (TokenStream::new(), TokenStream::new());
    for (number, hook) in emit.plan.item.options.after_build.iter().enumerate() {
        let (clones, params, arguments) = value::hook_arguments(emit, hook);
        let tuple = format_ident!("__arguments_{number}");
        let names: Vec<_> = (1..=clones.len()).map(|i| format_ident!("__argument_{i}")).collect();
        before.extend(quote!(let #tuple = { #(#clones)* (#(#names,)*) };));
        let ClosureParam { name, ty } = &hook.params[0];
        let ty = ty.as_ref().map_or_else(|| quote!(&mut #model), |ty| quote!(#ty));
        let body = &hook.body;
        after.extend(quote!({
            let (#(#names,)*) = #tuple;
            let _ = (|#name: #ty, #(#params),*| #body)(&mut __model, #(#arguments),*);
        }));
    }
    (before, after)
}

/// The model from the slots, which stay where others than the model need them; and the statements that put its fields
/// back.
pub(crate) fn taken_apart(emit: &Emit<'_>) -> (TokenStream, TokenStream) {
    let private = &emit.private;
    let (mut values, mut back) = (Vec::new(), TokenStream::new());
    for attribute in needed(emit) {
        let ident = attribute.ident;
        let field = quote!(__model.#ident);
        let slot = match attribute.value {
            Value::Declared { .. } => ident,
            Value::Parent(i) => &emit.plan.relations[i].ident,
        };
        let relation = match attribute.value {
            Value::Declared { .. } => None,
            Value::Parent(i) => Some(&emit.plan.relations[i]),
        };
        let value = match relation {
            None => quote!(#private::taken(::core::option::Option::take(&mut self.#slot))),
            Some(relation) => taken_parent(emit, relation),
        };
        if attribute.place == Place::Field {
            back.extend(match relation.map(|relation| (relation.need, relation.option)) {
                None => quote!(self.#slot = ::core::option::Option::Some(#field);),
                Some((Need::List(_), _) | (Need::Key(_), false)) => quote!(self.#slot = #private::Link::Set(#field);),
                Some((Need::Key(_), true)) => quote!(if let ::core::option::Option::Some(__key) = #field {
                    self.#slot = #private::Link::Set(__key);
                } else {
                    self.#slot = #private::Link::Absent;
                }),
                // A parent that others read is the relation's, whatever the hook writes into its key.
                Some((Need::Model(_), _)) => TokenStream::new(),
                Some((Need::Whole, option)) => whole_back(relation, option, slot, &field, private),
            });
        }
        values.push((ident, value));
    }
    (assemble(emit, &values), back)
}

fn taken_parent(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    let (private, slot) = (&emit.private, &relation.ident);
    match relation.need {
        Need::List(_) => {
            let emptied = quote!(::core::mem::replace(&mut self.#slot, #private::Link::Absent));
            quote!(#private::taken(#private::Link::into_set(#emptied)))
        }
        Need::Key(_) | Need::Model(_) => slot::key(emit, relation),
        Need::Whole => {
            let wrap = wrapper(relation.wrapper);
            let whole = quote!(#private::Link::into_set(::core::mem::replace(&mut self.#slot, #private::Link::Absent)));
            if relation.option { quote!(#whole.map(#wrap)) } else { quote!(#wrap(#private::taken(#whole))) }
        }
    }
}

fn whole_back(
    relation: Option<&Relation<'_>>,
    option: bool,
    slot: &Ident,
    field: &TokenStream,
    private: &Often,
) -> TokenStream {
    let unwrap = match relation.map(|relation| relation.wrapper) {
        Some(Wrapper::Box) => quote!(*__whole),
        Some(Wrapper::Arc | Wrapper::Rc) => quote!(::core::clone::Clone::clone(&*__whole)),
        Some(Wrapper::Plain) | None => quote!(__whole),
    };
    if option {
        quote!(if let ::core::option::Option::Some(__whole) = #field { self.#slot = #private::Link::Set(#unwrap); })
    } else {
        quote!({ let __whole = #field; self.#slot = #private::Link::Set(#unwrap); })
    }
}
