//! Stage 3: code. Cannot fail, decides nothing; every path in it is absolute.

mod attributes;
mod bounds;
mod children;
mod convert;
mod coverage;
mod definition;
mod draft;
mod factory;
mod fallback;
mod lookup;
mod model;
mod persist;
mod record;
mod relation;
mod setters;
mod slot;
mod value;

pub(crate) use fallback::fallback;

use crate::plan::Plan;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{ImplGenerics, TypeGenerics, WhereClause};

/// Everything that stands beside the struct, in the order a reader of the expansion wants.
pub(crate) fn all(plan: &Plan<'_>) -> TokenStream {
    let bounded = bounds::bounded(plan);
    let (impl_generics, ty_generics, where_clause) = bounded.split_for_impl();
    let emit = Emit::new(plan, impl_generics, ty_generics, where_clause);
    let parts = [
        factory::all(&emit),
        definition::all(&emit),
        setters::all(&emit),
        draft::all(&emit),
        relation::all(&emit),
        children::all(&emit),
        record::all(&emit),
        convert::json(&emit),
        persist::all(&emit, &bounded),
        attributes::all(&emit, &bounded),
    ];
    quote!(#(#parts)*)
}

/// The plan, and the tokens that every part needs.
pub(crate) struct Emit<'p> {
    pub(crate) plan: &'p Plan<'p>,
    /// The only module of the core crate that generated code may use.
    pub(crate) private: TokenStream,
    pub(crate) impl_generics: ImplGenerics<'p>,
    pub(crate) ty_generics: TypeGenerics<'p>,
    pub(crate) where_clause: Option<&'p WhereClause>,
    /// `User<T>`, or what it defines.
    pub(crate) model: TokenStream,
    /// `User<T>`
    pub(crate) owner: TokenStream,
    /// `UserFactory<T>`
    pub(crate) factory: TokenStream,
    /// What stands on every impl.
    pub(crate) quiet: TokenStream,
}

impl<'p> Emit<'p> {
    fn new(
        plan: &'p Plan<'p>,
        impl_generics: ImplGenerics<'p>,
        ty_generics: TypeGenerics<'p>,
        where_clause: Option<&'p WhereClause>,
    ) -> Self {
        let (krate, owner, factory) = (&plan.names.krate, plan.item.ident, &plan.names.factory);
        let (owner, factory) = (quote!(#owner #ty_generics), quote!(#factory #ty_generics));
        Self {
            plan,
            private: quote!(#krate::__private),
            impl_generics,
            ty_generics,
            where_clause,
            model: definition::model(plan.item),
            owner,
            factory,
            quiet: quiet(),
        }
    }

    /// `impl<T> of for UserFactory<T> where .. { body }`
    pub(crate) fn implement(&self, of: &TokenStream, body: &TokenStream) -> TokenStream {
        let Self { impl_generics, factory, where_clause, quiet, .. } = self;
        quote! {
            #quiet
            impl #impl_generics #of for #factory #where_clause { #body }
        }
    }

    /// The same module, at a place in what the user wrote; where the user wrote the way to it as well, it stays there.
    pub(crate) fn private_at(&self, place: Span) -> TokenStream {
        self.moved(self.private.clone(), place)
    }

    /// The same for the core crate itself.
    pub(crate) fn krate_at(&self, place: Span) -> TokenStream {
        self.moved(self.plan.names.krate.to_token_stream(), place)
    }

    fn moved(&self, path: TokenStream, place: Span) -> TokenStream {
        let is_written = self.plan.item.options.krate.is_some();
        path.into_iter()
            .map(|mut token| {
                if !is_written {
                    token.set_span(place);
                }
                token
            })
            .collect()
    }

    /// The hash under which an attribute draws its randomness.
    pub(crate) fn hash(&self, attribute: &syn::Ident) -> TokenStream {
        let (private, name) = (&self.private, self.full_name(attribute));
        quote!(const { #private::hash(#name) })
    }

    /// What is hashed: `UserFactory.email`
    pub(crate) fn full_name(&self, attribute: &syn::Ident) -> String {
        use syn::ext::IdentExt;
        format!("{}.{}", self.plan.names.factory, attribute.unraw())
    }
}

/// A place in what the user wrote, for code that knows the names of generated code.
pub(crate) fn place(span: Span) -> Span {
    span.resolved_at(Span::call_site())
}

/// Generated code is nobody's style.
pub(crate) fn quiet() -> TokenStream {
    quote! {
        #[automatically_derived]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction, dead_code, unused_mut, unused_parens, unused_braces, unreachable_pub)]
    }
}
