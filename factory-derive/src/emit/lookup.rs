//! Get or create: which columns rows are looked for by, and when two rows of a batch are the same.

use super::Emit;
use crate::plan::{Lookup, Value};
use proc_macro2::TokenStream;
use quote::quote;

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
                let slot = &plan.relations[relation].ident;
                (quote!(&self.#slot.set()), quote!(&other.#slot.set()))
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
