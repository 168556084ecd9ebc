//! Get or create: which columns rows are looked for by, and when two rows of a batch are the same.

use super::{Emit, slot};
use crate::plan::{Lookup, Need, Relation, Value};
use proc_macro2::TokenStream;
use quote::quote;

/// Whether a row may be looked for before it has this parent, of which it needs a key or a list.
pub(crate) fn may_be_open(emit: &Emit<'_>, relation: &Relation<'_>) -> bool {
    emit.plan.lookup.is_some() && !relation.option && !matches!(relation.need, Need::Whole)
}

/// The key in the slot of such a parent by reference, if it is there.
pub(crate) fn key(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    let (private, slot, key_of) = (&emit.private, &relation.ident, slot::key_of(relation));
    quote!(#private::Link::set(&self.#slot).map(Self::#key_of).as_ref())
}

/// What a row that was found takes of such a parent, if it is there.
pub(crate) fn held(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    let (private, slot, key_of) = (&emit.private, &relation.ident, slot::key_of(relation));
    match relation.need {
        Need::Model(_) => quote!(#private::Link::set(&self.#slot).map(Self::#key_of)),
        _ => quote!(#private::Link::into_set(self.#slot)),
    }
}

pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, .. } = emit;
    let Some(Lookup { attributes, stage }) = &plan.lookup else { return TokenStream::new() };
    let columns = attributes.iter().filter_map(|i| plan.attributes[*i].column.as_deref());
    let slots = attributes.iter().map(|i| {
        let attribute = &plan.attributes[*i];
        match attribute.value {
            Value::Declared { .. } => {
                let ident = attribute.ident;
                (quote!(&self.#ident), quote!(&other.#ident))
            }
            Value::Parent(relation) => {
                let relation = &plan.relations[relation];
                let (slot, factory) = (&relation.ident, relation.factory);
                // Models need not be comparable; their keys are.
                let key = match relation.need {
                    Need::Model(_) => {
                        let key_of = slot::key_of(relation);
                        quote!(.map(Self::#key_of))
                    }
                    Need::Whole => quote!(.map(|__parent| <#factory as #private::Keyed>::key_of(__parent))),
                    Need::Key(_) | Need::List(_) => TokenStream::new(),
                };
                (quote!(&self.#slot.set() #key), quote!(&other.#slot.set() #key))
            }
        }
    });
    let (own, others): (Vec<_>, Vec<_>) = slots.unzip();
    quote! {
        const LOOKUP: #private::Option<usize> = #private::Some(#stage);
        const LOOKUP_COLUMNS: &'static [&'static str] = &[#(#columns),*];

        fn is_same(&self, other: &Self) -> bool {
            #(#own == #others)&&*
        }

        fn same_hash(&self) -> u64 {
            let mut __state = #private::Hasher::new();
            #(#private::Hashed(#own).hash_into(&mut __state);)*
            ::core::hash::Hasher::finish(&__state)
        }
    }
}
