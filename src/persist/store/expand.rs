//! What the derive has written for stores. Knows which bounds a factory has to meet for them, and that rustc must not
//! judge those bounds before somebody calls `create`.

/// Writes `Persist` and `Create` for stores: the factory as `__persist` describes it. A store needs no table.
///
/// A batch is known by its model's type, which therefore borrows nothing. The bounds are higher-ranked although they
/// name no lifetime: of other bounds without generics rustc demands that they hold at once, and a model that is not
/// `Send` would be refused although it is only ever built in memory. The parents' types stand here for generic
/// factories: rustc has to know that their impls hold. `Send` of a circle of factories is no circle of reasoning, as
/// it would be with any other trait. And because of grandparents, which do not stand here, parents are `reached`.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_stores {
    (@seed $targets:ident) => {
        __m::WithoutDatabase::<Self>::new().add($targets);
    };
    (
        [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*] [$($column:ty),* $(,)?] $how:ident borrowed { $($stages:tt)* }
        $($more:tt)*
    ) => {};
    ($generics:tt $factory:tt $bounds:tt $columns:tt stored owned $($stages:tt)*) => {
        $crate::__persist_stores! { @ stored $generics $factory $bounds $columns $($stages)* }
    };
    ($generics:tt $factory:tt $bounds:tt $columns:tt embedded owned $($stages:tt)*) => {
        $crate::__persist_stores! { @ tableless $generics $factory $bounds $columns $($stages)* }
    };
    (
        @ $how:ident [] [$factory:ty] [$($bounds:tt)*] [] { $($stage:literal $need:ident,)* } $($more:tt)*
    ) => {
        $crate::__persist_on! {
            __m::Stores, $how, [] [$factory] [$($bounds)* for<'s> $factory: __m::Mobile,]
            { $($stage [reached $need],)* } $($more)*
        }
    };
    (
        @ $how:ident [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*] [$($column:ty),* $(,)?]
        { $($stage:literal $need:ident,)* } $($more:tt)*
    ) => {
        $crate::__persist_on! {
            __m::Stores, $how,
            [$($generics)*]
            [$factory]
            [
                $($bounds)*
                $($column: 'static,)*
                $factory: 'static,
                <$factory as __m::Record>::Model: 'static,
                for<'s> $factory: ::core::marker::Send,
                for<'s> <$factory as __m::Record>::Model: ::core::marker::Send,
                $(
                    for<'s> <$factory as __m::Relation<$stage>>::Parent: ::core::marker::Send,
                    for<'s> <<$factory as __m::Relation<$stage>>::Parent as __m::Record>::Model: ::core::marker::Send,
                )*
            ]
            { $($stage [reached $need],)* } $($more)*
        }
    };
}
