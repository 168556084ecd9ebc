//! Stage 3: code. Cannot fail, decides nothing; every path in it is absolute.

mod alone;
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
mod typed;
mod value;

pub(crate) use fallback::fallback;

use crate::plan::Plan;
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Block, Expr, ImplGenerics, TypeGenerics, WhereClause};

/// Everything that stands beside the struct, in the order a reader of the expansion wants.
pub(crate) fn all(plan: &Plan<'_>) -> TokenStream {
    let bounded = bounds::bounded(plan);
    let (impl_generics, ty_generics, where_clause) = bounded.split_for_impl();
    let emit = Emit::new(plan, impl_generics, ty_generics, where_clause);
    let parts = [
        factory::ways(&emit),
        definition::all(&emit),
        draft::all(&emit),
        relation::all(&emit),
        children::all(&emit),
        record::all(&emit),
        typed::all(&emit),
        convert::json(&emit),
        persist::all(&emit, &bounded),
        attributes::all(&emit, &bounded),
    ];
    let (krate, quiet) = (&plan.names.krate, quiet());
    // What users see in rust-analyzer and in the words of rustc stands beside the struct, all else out of sight.
    let outside = emit.outside();
    let (factory, setters) = (factory::factory(&outside), setters::all(&outside));
    quote! {
        #factory

        #setters

        #quiet
        const _: () = {
            use #krate::__private as __m;
            use __m::fallbacks::*;
            #(#parts)*
        };
    }
}

/// The plan, and the tokens that every part needs.
pub(crate) struct Emit<'p> {
    pub(crate) plan: &'p Plan<'p>,
    /// The only module of the core crate that generated code may use.
    pub(crate) private: Often,
    pub(crate) impl_generics: ImplGenerics<'p>,
    pub(crate) ty_generics: TypeGenerics<'p>,
    pub(crate) where_clause: Option<&'p WhereClause>,
    /// `User<T>`, or what it defines, or what it returns: what `create` gives back.
    pub(crate) model: Often,
    /// The same, but for what it returns: what `build` gives back.
    pub(crate) built: Often,
    /// `User<T>`
    pub(crate) owner: Often,
    /// `UserFactory<T>`
    pub(crate) factory: Often,
}

impl<'p> Emit<'p> {
    fn new(
        plan: &'p Plan<'p>,
        impl_generics: ImplGenerics<'p>,
        ty_generics: TypeGenerics<'p>,
        where_clause: Option<&'p WhereClause>,
    ) -> Self {
        let (owner, factory) = (plan.item.ident, &plan.names.factory);
        let (owner, factory) = (quote!(#owner #ty_generics), quote!(#factory #ty_generics));
        Self {
            plan,
            private: quote!(__m).into(),
            impl_generics,
            ty_generics,
            where_clause,
            model: definition::created(plan.item).into(),
            built: definition::model(plan.item).into(),
            owner: owner.into(),
            factory: factory.into(),
        }
    }

    /// The same, where `__m` is not known.
    fn outside(&self) -> Self {
        let krate = &self.plan.names.krate;
        Self {
            plan: self.plan,
            private: quote!(#krate::__private).into(),
            impl_generics: self.impl_generics.clone(),
            ty_generics: self.ty_generics.clone(),
            where_clause: self.where_clause,
            model: self.model.clone(),
            built: self.built.clone(),
            owner: self.owner.clone(),
            factory: self.factory.clone(),
        }
    }

    /// `impl<T> of for UserFactory<T> where .. { body }`
    pub(crate) fn implement(&self, of: &TokenStream, body: &TokenStream) -> TokenStream {
        let Self { impl_generics, factory, where_clause, .. } = self;
        quote! {
            impl #impl_generics #of for #factory #where_clause { #body }
        }
    }

    /// Keeps an impl out of rustc's lists of what else there is: all factories of a crate have it. With a type parameter it
    /// stays, because then what rustc says of it names the parameter that is to blame.
    pub(crate) fn unlisted(&self) -> Option<TokenStream> {
        let is_generic = self.plan.item.generics.type_params().next().is_some();
        (!is_generic).then(|| quote!(#[diagnostic::do_not_recommend]))
    }

    /// The same module, at a place in what the user wrote.
    pub(crate) fn private_at(&self, place: Span) -> TokenStream {
        let path = self.private.to_token_stream().into_iter();
        let moved = path.map(|mut token| {
            token.set_span(place);
            token
        });
        moved.collect()
    }

    /// The core crate at such a place; where the user wrote the way to it as well, it stays there.
    pub(crate) fn krate_at(&self, place: Span) -> TokenStream {
        let path = self.plan.names.krate.to_token_stream();
        if self.plan.item.options.krate.is_some() {
            return path;
        }
        let moved = path.into_iter().map(|mut token| {
            token.set_span(place);
            token
        });
        moved.collect()
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

/// Code that stands in the generated code some hundred times. A `TokenStream` is something that the compiler keeps, and asked for
/// anew each time that it is written; this is at hand.
#[derive(Clone)]
pub(crate) struct Often(Vec<TokenTree>);

impl From<TokenStream> for Often {
    fn from(code: TokenStream) -> Self {
        Self(code.into_iter().collect())
    }
}

impl ToTokens for Often {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.iter().cloned());
    }
}

/// A place in what the user wrote, for code that knows the names of generated code.
pub(crate) fn place(span: Span) -> Span {
    span.resolved_at(Span::call_site())
}

/// An expression alone in a block: in parentheses where it would be read as something else there, as is `{ 1 } + 1`.
pub(crate) fn block(expr: &Expr) -> TokenStream {
    let block = quote!({ #expr });
    match syn::parse2::<Block>(block.clone()).as_ref().map(|block| &*block.stmts) {
        Ok([_]) => block,
        _ => quote!({ (#expr) }),
    }
}

/// Generated code is nobody's style.
pub(crate) fn quiet() -> TokenStream {
    quote! {
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction, unreachable_pub)]
        #[allow(dead_code, unused_braces, unused_imports, unused_mut, unused_parens)]
    }
}
