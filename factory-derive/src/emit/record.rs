//! The row as columns: their list, what is filled, writing and reading; and the key.

use super::{Emit, alone, convert, lookup, model, slot};
use crate::plan::{Attribute, Need, Relation, Value, types};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use std::collections::HashSet;
use syn::ext::IdentExt;

pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let parts = [record(emit), row(emit), read(emit), keyed(emit), into_parent(emit)];
    quote!(#(#parts)*)
}

/// The attributes that are columns, each with its column's name.
pub(crate) fn columns<'e>(emit: &'e Emit<'_>) -> impl Iterator<Item = (&'e Attribute<'e>, &'e str)> {
    emit.plan.attributes.iter().filter_map(|attribute| Some((attribute, attribute.column.as_deref()?)))
}

/// The relation whose whole model an attribute holds; it is stored as its key.
pub(crate) fn whole<'e>(emit: &'e Emit<'_>, attribute: &Attribute<'_>) -> Option<&'e Relation<'e>> {
    match attribute.value {
        Value::Parent(i) => Some(&emit.plan.relations[i]).filter(|relation| matches!(relation.need, Need::Whole)),
        Value::Declared { .. } => None,
    }
}

/// The type that is written to a column.
pub(crate) fn column_type(emit: &Emit<'_>, attribute: &Attribute<'_>) -> TokenStream {
    let (private, ty) = (&emit.private, attribute.ty);
    if let Some(column) = convert::column(emit, attribute) {
        return column;
    }
    match whole(emit, attribute) {
        None => quote!(#ty),
        Some(relation) => {
            let factory = relation.factory;
            let key = quote_spanned!(slot::place(relation)=> <#factory as #private::Keyed>::Key);
            if relation.option { quote!(::core::option::Option<#key>) } else { key }
        }
    }
}

fn record(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, model, .. } = emit;
    let name = super::definition::shown(plan);
    let none = || quote!(#private::None);
    let table = plan.item.options.table.name().map_or_else(none, |table| quote!(#private::Some(#table)));
    let list = columns(emit).map(|(attribute, name)| {
        let key = attribute.key.then(|| quote!(.key()));
        let optional = attribute.is_optional().then(|| quote!(.optional()));
        let is_read = is_read(emit, attribute) && whole(emit, attribute).is_none();
        let write_only = (!is_read).then(|| quote!(.write_only()));
        let secret = attribute.secret.map(|_| quote!(.secret()));
        let attribute = attribute.ident.unraw().to_string();
        let of = (attribute != name).then(|| quote!(.of(#attribute)));
        quote!(#private::Column::new(#name) #of #key #optional #write_only #secret)
    });
    let optional = columns(emit).map(|(attribute, _)| attribute).filter(|attribute| attribute.is_optional());
    let bits = optional.enumerate().map(|(bit, attribute)| {
        let ident = attribute.ident;
        quote!(| (u64::from(self.#ident.is_none()) << #bit))
    });
    let (assign, start, alone) = (assign_key(emit), start(emit), alone::all(emit));
    // Only values that live long enough can be looked at without knowing their types.
    let plain = columns(emit).all(|(attribute, _)| {
        let lives = convert::written(attribute).is_none_or(|ty| !types::is_borrowed(ty));
        lives && !types::is_generic(attribute.ty, plan.item.generics)
    });
    let describe = if plain { quote!(#private::describe(self)) } else { quote!(#private::Described::new()) };
    let is_open = columns(emit).any(|(attribute, _)| attribute.is_optional());
    let absent = is_open.then(|| quote!(fn absent(&self) -> u64 { 0 #(#bits)* }));
    let whole_row = plan.item.options.returns.is_some().then(|| {
        quote!(
            const WHOLE: bool = true;
        )
    });
    let no_returning = plan.item.options.table.no_returning.map(|_| {
        quote!(
            const NO_RETURNING: bool = true;
        )
    });
    let body = quote! {
        type Model = #model;
        const NAME: &'static str = #name;
        #whole_row
        #no_returning
        const TABLE: #private::Option<&'static str> = #table;
        const COLUMNS: &'static [#private::Column] = &[#(#list),*];

        #absent

        #assign

        #alone

        #start

        fn describe(&self) -> #private::Described { #describe }
    };
    let record = emit.implement(&quote!(#private::Record), &body);
    let makes = emit.implement(&quote!(#private::Makes<#model>), &TokenStream::new());
    let unlisted = emit.unlisted();
    quote!(#record #unlisted #makes)
}

/// Whether a column goes into the model.
pub(crate) fn is_read(emit: &Emit<'_>, attribute: &Attribute<'_>) -> bool {
    emit.plan.item.options.returns.is_none() && model::needed(emit).any(|needed| needed.ident == attribute.ident)
}

fn assign_key(emit: &Emit<'_>) -> TokenStream {
    let (plan, private) = (emit.plan, &emit.private);
    let keys: Vec<_> = plan.attributes.iter().filter(|attribute| attribute.key).collect();
    match keys[..] {
        [Attribute { ident, ty, .. }]
            if keys[0].is_optional() && !types::is_generic(ty, plan.item.generics) && !types::is_borrowed(ty) =>
        {
            let assigned = match convert::conversion(emit, keys[0]) {
                Some(conversion) => quote!(#private::assigned_as::<#conversion, #ty>(key)),
                None => quote!(#private::integer_as::<#ty>(key)),
            };
            quote!(fn assign_key(&mut self, key: i64) -> bool { #private::assign(&mut self.#ident, #assigned) })
        }
        _ => TokenStream::new(),
    }
}

/// What SeaORM starts a row from fills the columns that are left to the database. Without SeaORM nothing does.
fn start(emit: &Emit<'_>) -> TokenStream {
    let (options, krate) = (&emit.plan.item.options, &emit.plan.names.krate);
    let Some((_, active)) = &options.active_model else {
        return TokenStream::new();
    };
    let open = columns(emit).map(|(attribute, _)| attribute).filter(|attribute| attribute.is_optional());
    let open = open.map(|attribute| attribute.ident);
    quote!(#krate::__active_model! { #active { #(#open),* } })
}

/// The attribute's value by reference, as an `Option` that is empty where the database fills the column.
pub(crate) fn written(emit: &Emit<'_>, attribute: &Attribute<'_>) -> TokenStream {
    let private = &emit.private;
    let relation = match attribute.value {
        Value::Declared { .. } => {
            let ident = attribute.ident;
            return quote!(self.#ident.as_ref());
        }
        Value::Parent(i) => &emit.plan.relations[i],
    };
    let slot = &relation.ident;
    match relation.need {
        Need::List(_) => quote!(self.#slot.set()),
        Need::Key(_) if !relation.option => quote!(self.#slot.set()),
        Need::Whole => {
            let factory = relation.factory;
            let place = slot::place(relation);
            let key_of = quote_spanned!(place=> <#factory as #private::Keyed>::key_of(__parent));
            let key = quote!(self.#slot.set().map(|__parent| #key_of));
            if relation.option { quote!(#private::Some(&#key)) } else { quote!(#key.as_ref()) }
        }
        _ if lookup::may_be_open(emit, relation) => lookup::key(emit, relation),
        _ => {
            let key = slot::key(emit, relation);
            quote!(#private::Some(&#key))
        }
    }
}

fn row(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, factory, where_clause, .. } = emit;
    let mut seen = HashSet::new();
    let mut bounds = Vec::new();
    let mut puts = Vec::new();
    for (attribute, column) in columns(emit) {
        let (ty, value) = (column_type(emit, attribute), written(emit, attribute));
        if seen.insert(ty.to_string()) {
            bounds.push(quote!(__S: #private::Sink<#ty>));
        }
        if let Some(conversion) = convert::conversion(emit, attribute) {
            bounds.extend(convert::bound(emit, attribute, &quote!(Encoded)));
            puts.push(quote!(#private::put_as::<#conversion, _, #ty, __S>(sink, #column, #value);));
            continue;
        }
        puts.push(quote!(#private::put::<__S, #ty>(sink, #column, #value);));
    }
    let (params, predicates) = (super::persist::params(plan.item.generics), predicates(*where_clause));
    let sink = if puts.is_empty() { quote!(_) } else { quote!(sink) };
    quote! {
        impl<#params __S: ?::core::marker::Sized> #private::Row<__S> for #factory where #predicates #(#bounds),* {
            fn write(&self, #sink: &mut __S) {
                #(#puts)*
            }
        }
    }
}

pub(crate) fn predicates(where_clause: Option<&syn::WhereClause>) -> TokenStream {
    where_clause.map_or_else(TokenStream::new, |clause| {
        let predicates = clause.predicates.iter();
        quote!(#(#predicates,)*)
    })
}

fn read(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, factory, where_clause, .. } = emit;
    if let Some((_, returns)) = &plan.item.options.returns {
        let (params, predicates) = (super::persist::params(plan.item.generics), predicates(*where_clause));
        return quote! {
            impl<#params __S: ?::core::marker::Sized> #private::Read<__S> for #factory
            where
                #predicates
                __S: #private::Whole<#returns>,
            {
                fn read(self, source: &mut __S) -> #private::Result<#returns> { source.whole() }
            }
        };
    }
    let mut seen = HashSet::new();
    let mut bounds = Vec::new();
    let mut is_empty = true;
    let (lets, assembled) = assembled(emit, |attribute, column, value| {
        let (ty, column_ty) = (attribute.ty, column_type(emit, attribute));
        if seen.insert(column_ty.to_string()) {
            bounds.push(quote!(__S: #private::Source<#column_ty>));
        }
        bounds.extend(convert::bound(emit, attribute, &quote!(Decoded)));
        is_empty = false;
        if let Some(conversion) = convert::conversion(emit, attribute) {
            quote!(#private::take_as::<Self, #conversion, #ty, #column_ty, __S>(source, #column, #value)?)
        } else {
            quote!(#private::take::<__S, #ty>(source, #column, #value)?)
        }
    });
    let (params, predicates) = (super::persist::params(plan.item.generics), predicates(*where_clause));
    let source = if is_empty { quote!(_) } else { quote!(source) };
    quote! {
        impl<#params __S: ?::core::marker::Sized> #private::Read<__S> for #factory where #predicates #(#bounds),* {
            #[inline]
            fn read(self, #source: &mut __S) -> #private::Result<#private::Model<Self>> {
                #lets
                #private::Ok(#assembled)
            }
        }
    }
}

/// The model from its row and from what is no column: how it is made, behind what has to be evaluated before. `take` says
/// how a column is read; it also gets what was written there.
pub(crate) fn assembled(
    emit: &Emit<'_>,
    mut take: impl FnMut(&Attribute<'_>, &str, TokenStream) -> TokenStream,
) -> (TokenStream, TokenStream) {
    let Emit { plan, private, .. } = emit;
    let (mut takes, mut values) = (Vec::new(), Vec::new());
    for attribute in model::needed(emit) {
        let value = match attribute.value {
            Value::Declared { .. } => {
                let ident = attribute.ident;
                quote!(self.#ident)
            }
            Value::Parent(i) if lookup::may_be_open(emit, &plan.relations[i]) => lookup::held(emit, &plan.relations[i]),
            Value::Parent(i) => {
                let value = model::parent_value(emit, &plan.relations[i]);
                quote!(#private::Some(#value))
            }
        };
        takes.push(match &attribute.column {
            Some(column) if whole(emit, attribute).is_none() => take(attribute, column, value),
            _ => quote!(#private::taken(#value)),
        });
        values.push((attribute.ident, format_ident!("__{}", attribute.ident.unraw())));
    }
    // A literal is evaluated in the order in which it is written; the arguments of `construct` have another.
    let (lets, values): (TokenStream, Vec<_>) = if plan.item.options.construct.is_some() {
        let locals: Vec<_> = values.iter().map(|(_, local)| local).collect();
        let values = values.iter().map(|(ident, local)| (*ident, quote!(#local))).collect();
        (quote!(#(let #locals = #takes;)*), values)
    } else {
        (TokenStream::new(), values.iter().map(|(ident, _)| *ident).zip(takes).collect())
    };
    (lets, model::assemble(emit, &values))
}

fn keyed(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let keys: Vec<_> = emit.plan.attributes.iter().filter(|attribute| attribute.key).collect();
    if keys.is_empty() {
        return TokenStream::new();
    }
    let types = keys.iter().map(|attribute| attribute.ty);
    let fields = keys.iter().map(|attribute| attribute.ident);
    let drafts = keys.iter().map(|attribute| {
        let value = written(emit, attribute);
        quote!(#value.cloned()?)
    });
    let (key, of, draft) = if keys.len() == 1 {
        (quote!(#(#types)*), quote!(#(#private::Clone::clone(&model.#fields))*), quote!(#(#drafts)*))
    } else {
        (quote!((#(#types),*)), quote!((#(#private::Clone::clone(&model.#fields)),*)), quote!((#(#drafts),*)))
    };
    let body = quote! {
        type Key = #key;
        fn key_of(model: &#private::Model<Self>) -> #key { #of }
    };
    let keyed = emit.implement(&quote!(#private::Keyed), &body);
    let body = quote! {
        fn key_in(model: &#private::Model<Self>) -> #key { <Self as #private::Keyed>::key_of(model) }
        fn key_drafted(&self) -> #private::Option<#key> { #private::Some(#draft) }
    };
    let by = emit.implement(&quote!(#private::KeyedBy<#key>), &body);
    let unlisted = emit.unlisted();
    quote!(#unlisted #keyed #unlisted #by)
}

/// A relation to this factory takes a reference to the model, too.
fn into_parent(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, factory, model, where_clause, .. } = emit;
    let (params, unlisted) = (super::persist::params(plan.item.generics), emit.unlisted());
    quote! {
        #unlisted
        impl<'__m, #params> #private::IntoParent<#factory> for &'__m #model #where_clause {
            type Model = &'__m #model;

            fn into_parent(self) -> #private::Given<#factory, Self> { #private::Given::Model(self) }
        }
    }
}
