//! What the model's fields hold as JSON. Knows which fields a request would carry; all else is the core's part, which
//! also drops this where the feature is missing.

use super::{Emit, slot};
use crate::plan::{Attribute, Need, Place, Relation, Value};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{Generics, Ident};

pub(crate) fn all(emit: &Emit<'_>, bounded: &Generics) -> TokenStream {
    let Emit { plan, private, factory, .. } = emit;
    let params = super::persist::params(bounded);
    let predicates = bounded.where_clause.iter().flat_map(|clause| clause.predicates.iter());
    let types = bounded.type_params().map(|param| &param.ident);
    let flags = fields(emit).filter_map(|field| field.flag_before());
    let stages = (0..=plan.relations.len()).map(|stage| {
        let fill = (!plan.stages[stage].is_empty()).then(|| quote!(#private::Draft::fill(self, #stage, __cx);));
        let settle = plan.relations.get(stage).map(|relation| settle(emit, stage, relation));
        quote!(#fill #settle)
    });
    let notes = fields(emit).map(|field| field.note());
    let krate = &plan.names.krate;
    quote! {
        #krate::__attributes! {
            impl<#params> #private::Attributes for #factory
            where
                #(#predicates,)*
                #(#types: #private::Serialize,)*
            {
                #[allow(unused_variables)]
                fn note(&mut self, __cx: &#private::Context<'_>, __entries: &mut #private::Entries) {
                    use #private::{Unnested as _, Unserializable as _};
                    #(#flags)*
                    #(#stages)*
                    #(#notes)*
                }
            }
        }
    }
}

/// A field of the model, and the relation it comes from.
struct Field<'f> {
    emit: &'f Emit<'f>,
    attribute: &'f Attribute<'f>,
    relation: Option<&'f Relation<'f>>,
    /// Noted only where the caller has said something: the database makes it, or nobody stores it.
    only_given: bool,
}

fn fields<'f>(emit: &'f Emit<'f>) -> impl Iterator<Item = Field<'f>> {
    emit.plan.attributes.iter().filter(|attribute| attribute.place == Place::Field).map(|attribute| {
        let relation = match attribute.value {
            Value::Parent(i) => Some(&emit.plan.relations[i]),
            Value::Declared { .. } => None,
        };
        let is_skipped =
            emit.plan.item.fields.iter().any(|field| field.ident == attribute.ident && field.skip.is_some());
        Field { emit, attribute, relation, only_given: is_skipped || attribute.database_made }
    })
}

impl Field<'_> {
    /// Whether the slot was given can be seen only before it is filled.
    fn flag_before(&self) -> Option<TokenStream> {
        if !self.only_given {
            return None;
        }
        let flag = flag(self.attribute.ident);
        match self.relation {
            None => {
                let ident = self.attribute.ident;
                let preset = slot::preset_of(self.attribute).map(|preset| quote!(|| self.#preset != 0));
                Some(quote!(let #flag = self.#ident.is_some() #preset;))
            }
            Some(list) if list.is_list() => {
                let slot = &list.ident;
                Some(quote!(let #flag = self.#slot.set().is_some();))
            }
            Some(_) => None,
        }
    }

    /// Notes what stands in the slot at last.
    fn note(&self) -> TokenStream {
        let Self { emit, attribute, relation, only_given } = self;
        let (private, ty, name) = (&emit.private, attribute.ty, attribute.ident.unraw().to_string());
        let value = match relation {
            None => {
                let ident = attribute.ident;
                quote!(#private::filled::<#ty>(&self.#ident))
            }
            Some(relation) => parent(emit, relation, attribute),
        };
        let put = quote!(#private::Entry(#value).put(__entries, #name););
        let flag = flag(relation.map_or(attribute.ident, |relation| &relation.ident));
        match (relation.map(|relation| relation.need), only_given) {
            (None, false) => put,
            (Some(Need::Whole | Need::List(_)), false) => {
                quote!(if !#private::Entries::made(__entries, #name, #flag) { #put })
            }
            _ => quote!(if #flag { #put }),
        }
    }
}

/// What a relation's slot holds for a field.
fn parent(emit: &Emit<'_>, relation: &Relation<'_>, attribute: &Attribute<'_>) -> TokenStream {
    let (private, slot, ty) = (&emit.private, &relation.ident, attribute.ty);
    match relation.need {
        Need::List(_) => quote!(#private::held::<_, #ty>(&self.#slot)),
        Need::Model(_) => {
            let key_of = slot::key_of(relation);
            quote!(&self.#slot.set().map(Self::#key_of))
        }
        Need::Key(_) | Need::Whole => quote!(&self.#slot.set()),
    }
}

/// Settles one relation; `__given_author` then says whether its key was given, or what its field holds.
fn settle(emit: &Emit<'_>, stage: usize, relation: &Relation<'_>) -> TokenStream {
    let (private, slot, flag) = (&emit.private, &relation.ident, flag(&relation.ident));
    let is_its = |field: &Field<'_>| field.relation.is_some_and(|other| other.ident == relation.ident);
    let field = fields(emit).find(is_its);
    let is_read = is_read(emit, relation);
    let is_hidden = field.as_ref().is_none_or(|field| field.only_given);
    match relation.need {
        Need::Whole if !is_hidden => {
            quote!(let #flag = #private::Nested::<Self, #stage>::new().one(self, __cx, __entries, #is_read);)
        }
        Need::List(_) if !is_hidden => quote! {
            let #flag = self.#slot.set().is_some();
            let #flag = #private::Nested::<Self, #stage>::new().list(#flag, self, __cx, __entries, #is_read);
        },
        Need::Key(_) | Need::Model(_) | Need::Whole if field.is_some() => quote! {
            let #flag = #private::given::<Self, #stage, _>(self, __cx, __entries, #is_read, |row| &row.#slot);
        },
        _ => quote!(#private::read_only::<Self, #stage>(self, __cx, __entries, #is_read);),
    }
}

/// Whether another attribute reads the parent or its key.
fn is_read(emit: &Emit<'_>, relation: &Relation<'_>) -> bool {
    let is_its = |attribute: &&Attribute<'_>| match attribute.value {
        Value::Parent(i) => emit.plan.relations[i].ident == relation.ident,
        Value::Declared { .. } => false,
    };
    match emit.plan.attributes.iter().find(is_its) {
        // Read under the relation's name, where it has one of its own.
        Some(attribute) if matches!(relation.need, Need::Whole) => {
            attribute.read || attribute.ident.unraw() != relation.ident.unraw()
        }
        Some(attribute) => attribute.read || matches!(relation.need, Need::Model(_)),
        None => true,
    }
}

fn flag(ident: &Ident) -> Ident {
    format_ident!("__given_{}", ident.unraw())
}
