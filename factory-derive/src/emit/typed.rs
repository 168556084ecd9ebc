//! The row as columns of Diesel's `table!`, which have types of their own: written and read for any of its databases.

use super::record::{assembled, column_type, columns, is_read, predicates, whole, written};
use super::{Emit, convert};
use crate::plan::{Attribute, types};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, Path};

/// Nothing where no `table!` was named.
pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, factory, where_clause, .. } = emit;
    let Some(table) = &plan.item.options.table.path else { return TokenStream::new() };
    let krate = &plan.names.krate;
    let (params, predicates) = (super::persist::params(plan.item.generics), predicates(*where_clause));
    let (bounds, puts) = write(emit, table);
    let (more, selection, read) = read(emit, table);
    let names = columns(emit).map(|(attribute, name)| {
        let column = column(table, &attribute.typed);
        quote!(#name => #private::typed::named::<#column>(),)
    });
    let binds = if puts.is_empty() { quote!(_) } else { quote!(binds) };
    quote! {
        #krate::__typed! {
            impl<#params __D: #private::typed::Served> #private::typed::TypedRow<__D> for #factory
            where
                #predicates
                #table::table: #private::typed::QueryFragment<__D>,
                #bounds
                #more
            {
                fn table() -> #private::typed::Table { #private::typed::table_named::<__D>(&#table::table) }

                fn column(column: &'static str) -> &'static str {
                    match column { #(#names)* other => other }
                }

                #selection

                fn write<'__d>(&self, #binds: &mut #private::typed::Binds<'__d, __D>) where Self: '__d { #(#puts)* }

                fn read<'__r, __R: #private::typed::Row<'__r, __D>>(
                    self,
                    row: &__R,
                    first: usize,
                ) -> #private::Result<#private::Model<Self>> { #read }
            }
        }
    }
}

/// `schema::users::username`
fn column(table: &Path, name: &Ident) -> TokenStream {
    quote!(#table::#name)
}

/// The column as it is written: an `Option` that is not read back may leave one out that cannot be NULL.
fn filled(emit: &Emit<'_>, table: &Path, attribute: &Attribute<'_>, private: &impl ToTokens) -> TokenStream {
    let column = column(table, &attribute.typed);
    let is_open = !is_read(emit, attribute) && types::option(attribute.ty).is_some();
    if is_open { quote!(#private::typed::OrNull<#column>) } else { column }
}

/// What the columns ask of their types, and the statements that write them.
fn write(emit: &Emit<'_>, table: &Path) -> (TokenStream, Vec<TokenStream>) {
    let private = &emit.private;
    let (mut bounds, mut puts) = (TokenStream::new(), Vec::new());
    for (attribute, name) in columns(emit) {
        let (ty, value) = (column_type(emit, attribute), written(emit, attribute));
        let column = filled(emit, table, attribute, private);
        bounds.extend(quote!(#ty: #private::typed::Filled<#column, __D>,));
        puts.push(match convert::conversion(emit, attribute) {
            Some(conversion) => {
                let bound = convert::bound(emit, attribute, &quote!(Encoded));
                bounds.extend(bound.map(|bound| quote!(#bound,)));
                quote!(#private::typed::bind_as::<#column, #conversion, _, #ty, __D>(binds, #name, #value);)
            }
            None => quote!(#private::typed::bind::<#column, #ty, __D>(binds, #name, #value);),
        });
    }
    (bounds, puts)
}

/// What reading asks of types, what is selected, and how it is read.
fn read(emit: &Emit<'_>, table: &Path) -> (TokenStream, TokenStream, TokenStream) {
    let private = &emit.private;
    if let Some((_, returns)) = &emit.plan.item.options.returns {
        let selection = quote! {
            fn selection() -> #private::Option<#private::String> { #private::typed::selected::<__D, #returns>() }
        };
        let read = quote!(#private::typed::whole_row::<Self, #returns, __D, __R>(row, first));
        return (quote!(#returns: #private::typed::WholeRow<__D>,), selection, read);
    }
    let mut bounds = TokenStream::new();
    let (lets, assembled) = assembled(emit, |attribute, name, _| {
        let (ty, column_ty) = (attribute.ty, column_type(emit, attribute));
        let column = column(table, &attribute.typed);
        bounds.extend(quote!(#column_ty: #private::typed::Fits<#column, __D>,));
        match convert::conversion(emit, attribute) {
            Some(conversion) => {
                let bound = convert::bound(emit, attribute, &quote!(Decoded));
                bounds.extend(bound.map(|bound| quote!(#bound,)));
                quote!(#private::typed::load_as::<Self, #column, #conversion, #ty, #column_ty, __D, __R>(row, place, #name)?)
            }
            None => quote!(#private::typed::load::<Self, #column, #ty, __D, __R>(row, place, #name)?),
        }
    });
    let read = quote! {
        let mut __place = first;
        let place = &mut __place;
        #lets
        #private::Ok(#assembled)
    };
    (bounds, TokenStream::new(), read)
}

/// What is asked of every database, for rustc to show the column whose type is wrong.
pub(super) fn questions(emit: &Emit<'_>) -> Option<Vec<TokenStream>> {
    let table = emit.plan.item.options.table.path.as_ref()?;
    let asked = columns(emit).filter(|(attribute, _)| whole(emit, attribute).is_none());
    Some(asked.filter_map(|(attribute, _)| question(emit, table, attribute)).collect())
}

fn question(emit: &Emit<'_>, table: &Path, attribute: &Attribute<'_>) -> Option<TokenStream> {
    let written = convert::written(attribute);
    if written.is_some_and(types::is_borrowed) {
        return None;
    }
    let place = super::place(written.map_or_else(|| attribute.ident.span(), Spanned::span));
    let private = emit.private_at(place);
    let ty = column_type(emit, attribute);
    Some(if is_read(emit, attribute) {
        let column = column(table, &attribute.typed);
        quote_spanned!(place=> #private::typed::fits::<__Database, #column, #ty>();)
    } else {
        let column = filled(emit, table, attribute, &private);
        quote_spanned!(place=> #private::typed::filled::<__Database, #column, #ty>();)
    })
}
