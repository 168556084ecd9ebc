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
                (quote!(&#private::Link::set(&self.#slot)), quote!(&#private::Link::set(&other.#slot)))
            }
        }
    });
    let (own, others): (Vec<_>, Vec<_>) = slots.unzip();
    quote! {
        const LOOKUP: ::core::option::Option<usize> = ::core::option::Option::Some(#stage);
        const LOOKUP_COLUMNS: &'static [&'static str] = &[#(#columns),*];

        fn is_same(&self, other: &Self) -> bool {
            #(#own == #others)&&*
        }

        fn same_hash(&self) -> u64 {
            #[allow(unused_imports)]
            use #private::Unhashed as _;
            let mut __state = #private::Hasher::new();
            #(#private::Hashed(#own).hash_into(&mut __state);)*
            ::core::hash::Hasher::finish(&__state)
        }
    }
}
