//! What the derive has written for every factory: one concrete impl per enabled backend. No where clause in it names
//! another factory, because factories may point at each other in circles. Stands where `__m` is this crate's `__private`.

/// Writes `Persist` for these backends, as far as they are enabled.
///
/// `[backend ..] { [generics] [factory] [bounds] [column types with generics] how borrowing { stage need, .. }
/// { index kind, .. } [more] }`, where `how` is `stored` for a model with a table or `embedded` for one without,
/// `borrowing` is `owned` or `borrowed`, and `need` is `stored` for a relation whose parents are pointed at or `whole` for
/// one whose parents are held. A kind of children is made as `children` or `through` a table between; `more` is `store`
/// where something follows, `hook` and `lookup`.
///
/// Or `[backend ..] { @columns items }` with items that ask of columns whether the `__Database` stores them, or its
/// `__Binds` take them: written once for every enabled database. Or `[backend ..] { @seed targets }`, which adds to what is
/// known of the targets of seeding.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist {
    ([$($backend:ident)*] $factory:tt) => {
        $($crate::__persist_in! { $backend $factory })*
    };
}

/// Writes it for one of them, whose own macro says how.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_in {
    (stores { $($factory:tt)* }) => { $crate::__persist_stores! { $($factory)* } };
    (sqlx_sqlite { $($factory:tt)* }) => { $crate::__persist_sqlx_sqlite! { $($factory)* } };
    (sqlx_postgres { $($factory:tt)* }) => { $crate::__persist_sqlx_postgres! { $($factory)* } };
    (sqlx_mysql { $($factory:tt)* }) => { $crate::__persist_sqlx_mysql! { $($factory)* } };
    (diesel_sqlite { $($factory:tt)* }) => { $crate::__persist_diesel_sqlite! { $($factory)* } };
    (diesel_postgres { $($factory:tt)* }) => { $crate::__persist_diesel_postgres! { $($factory)* } };
    (diesel_mysql { $($factory:tt)* }) => { $crate::__persist_diesel_mysql! { $($factory)* } };
    (diesel_async_sqlite { $($factory:tt)* }) => { $crate::__persist_diesel_async_sqlite! { $($factory)* } };
    (diesel_async_postgres { $($factory:tt)* }) => { $crate::__persist_diesel_async_postgres! { $($factory)* } };
    (diesel_async_mysql { $($factory:tt)* }) => { $crate::__persist_diesel_async_mysql! { $($factory)* } };
    (sea_orm { $($factory:tt)* }) => { $crate::__persist_sea_orm! { $($factory)* } };
}

/// Writes `Persist` for one backend: the type, then how its rows are inserted, then the factory as above with the bounds
/// of this backend added. A need may be `[reached need]`: parents that cannot be made are then an error of the run, not of
/// the compiler.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_on {
    (
        $backend:ty, $insert:tt, [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*]
        { $($stage:literal $need:tt,)* } { $($index:literal $kind:ident,)* } [$($more:ident)*]
    ) => {
        impl<$($generics)*> __m::Persist<$backend> for $factory where $($bounds)* {
            $crate::__persist_parents! { $backend { $($stage $need,)* } }

            fn insert<'c>(rows: __m::Rows<Self>, db: __m::Db<'c, $backend>, want: __m::Want) -> __m::Making<'c, Self>
            where
                Self: 'c,
            {
                $crate::__persist_insert!($insert, $backend, rows, db, want)
            }

            $crate::__persist_children! { $backend { $($index $kind,)* } }
            $($crate::__persist_more! { $more $backend })*
        }

        $crate::__persist_create!($insert, $backend, [$($generics)*] [$factory] [$($bounds)*]);
    };
}

/// The parents, where there are any.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_parents {
    ($backend:ty {}) => {};
    ($backend:ty { $($stage:literal $need:tt,)+ }) => {
        fn parents<'c>(stage: usize, rows: &'c mut __m::Rows<Self>, db: __m::Db<'c, $backend>) -> __m::Settling<'c> {
            match stage {
                $($stage => $crate::__persist_need!($need, $stage, $backend, rows, db),)+
                _ => __m::settled(),
            }
        }
    };
}

/// One relation's parents: stored because they are pointed at, or held as a whole; either of them, if they can be made at
/// all.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_need {
    (stored, $stage:literal, $backend:ty, $rows:ident, $db:ident) => {
        __m::stored_parents::<Self, $stage, $backend>($rows, $db)
    };
    (whole, $stage:literal, $backend:ty, $rows:ident, $db:ident) => {
        __m::parents::<Self, $stage, $backend>($rows, $db)
    };
    ([reached $need:ident], $stage:literal, $backend:ty, $rows:ident, $db:ident) => {
        __m::Reach::<Self, $backend, $stage>::new().$need($rows, $db)
    };
}

/// The children, where there are any.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_children {
    ($backend:ty {}) => {};
    ($backend:ty { $($index:literal $kind:ident,)+ }) => {
        fn children<'c>(index: usize, brood: __m::Brood<'_, Self>, db: __m::Db<'c, $backend>) -> __m::Settling<'c>
        where
            Self: 'c,
        {
            match index {
                $($index => __m::$kind::<Self, $index, $backend>(brood, db),)+
                _ => __m::settled(),
            }
        }
    };
}

/// What happens around the insert, where anything does.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_more {
    (store $backend:ty) => {
        fn store<'c>(rows: __m::Rows<Self>, db: __m::Db<'c, $backend>, want: __m::Want) -> __m::Making<'c, Self>
        where
            Self: 'c,
        {
            __m::store::<Self, $backend>(rows, db, want)
        }
    };
    (hook $backend:ty) => {
        fn hook<'c>(self, model: &'c mut __m::Model<Self>, db: __m::Db<'c, $backend>) -> __m::Hooking<'c>
        where
            Self: 'c,
        {
            __m::Hook::<Self, $backend>::new().run(self, model, db)
        }
    };
    (lookup $backend:ty) => {
        fn find<'c>(rows: __m::Rows<Self>, db: __m::Db<'c, $backend>) -> __m::Making<'c, Self>
        where
            Self: 'c,
        {
            <$backend as __m::Insert<Self>>::find(rows, <Self as __m::Draft>::LOOKUP_COLUMNS, db)
        }

        fn seek<'c>(rows: __m::Rows<Self>, db: __m::Db<'c, $backend>) -> __m::Seeking<'c, Self>
        where
            Self: 'c,
        {
            __m::seek::<Self, $backend>(rows, db)
        }

        fn gather<'c>(
            sought: __m::Sought<Self>,
            made: ::std::vec::Vec<__m::Made<Self>>,
            db: __m::Db<'c, $backend>,
        ) -> __m::Making<'c, Self>
        where
            Self: 'c,
        {
            __m::gather::<Self, $backend>(sought, made, db)
        }
    };
}

/// The rows themselves: inserted, the same where the columns were checked by themselves, or only finished where the model
/// has no table.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_insert {
    (checked, $backend:ty, $rows:ident, $db:ident, $want:ident) => {
        __m::Storing::<Self, $backend>::new().insert($rows, $db, $want)
    };
    (embedded, $backend:ty, $rows:ident, $db:ident, $want:ident) => {{
        let _ = ($db, $want);
        __m::completed($rows)
    }};
    ($how:ident, $backend:ty, $rows:ident, $db:ident, $want:ident) => {
        <$backend as __m::Insert<Self>>::insert($rows, $db, $want)
    };
}

/// Only what has a table can be created by itself, or what is `tableless` where no table is needed: see `NeedsNoTable`.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_create {
    (embedded, $($rest:tt)*) => {};
    (tableless, $backend:ty, [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*]) => {
        impl<$($generics)* __B> __m::Create<__B> for $factory
        where
            $($bounds)*
            __B: __m::Backend + __m::NeedsNoTable<$factory>,
            $factory: __m::Persist<__B>,
        {
        }
    };
    ($how:ident, $backend:ty, [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*]) => {
        impl<$($generics)*> __m::Create<$backend> for $factory where $($bounds)* {}
    };
}

/// Writes `Persist` for one database, and for a model with a table `Create`: its type, then the factory as `__persist`
/// describes it.
///
/// Where a type parameter or a lifetime decides whether a column can be stored, that is a bound; of all other models it
/// is asked beforehand, by `@columns`, so that the mistake shows at the column. The bounds are higher-ranked although they name no
/// lifetime, and the parents of what has no table are `reached`: see `__persist_stores`.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_database {
    ([$database:ty] @seed $targets:ident) => {
        __m::Target::<Self, $database>::new().add($targets.writers());
    };
    ([$database:ty] @columns $($ask:tt)*) => {
        const _: () = {
            type __Database = $database;
            type __Binds = <__Database as __m::Engine>::Binds<'static>;
            $($ask)*
        };
    };
    (
        [$database:ty] [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*] [$($column:ty),* $(,)?]
        embedded $borrowing:ident { $($stage:literal $need:ident,)* } $($more:tt)*
    ) => {
        $crate::__persist_on! {
            $database, embedded, [$($generics)*] [$factory]
            [
                $($bounds)*
                for<'s> $factory: ::core::marker::Send,
                for<'s> <$factory as __m::Record>::Model: ::core::marker::Send,
                $(
                    for<'s> <$factory as __m::Relation<$stage>>::Parent: ::core::marker::Send,
                    for<'s> <<$factory as __m::Relation<$stage>>::Parent as __m::Record>::Model: ::core::marker::Send,
                )*
            ]
            { $($stage [reached $need],)* } {} []
        }
    };
    ([$database:ty] [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*] [] stored owned $($stages:tt)*) => {
        $crate::__persist_on! {
            $database, checked, [$($generics)*] [$factory]
            [$($bounds)* for<'s> $factory: __m::Mobile,]
            $($stages)*
        }
    };
    (
        [$database:ty] [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*] [$($column:ty),* $(,)?]
        stored $borrowing:ident $($stages:tt)*
    ) => {
        $crate::__persist_on! {
            $database, stored, [$($generics)*] [$factory]
            [
                $($bounds)*
                for<'s> $database: __m::Insert<$factory>,
                for<'s> $factory: ::core::marker::Send,
                for<'s> <$factory as __m::Record>::Model: ::core::marker::Send,
            ]
            $($stages)*
        }
    };
}

/// Writes what seeding asks of a factory: `[backend ..] [generics] [factory] [bounds] borrowing { stage need, .. }`, the
/// words as in `__persist`. Nothing where seeding is not enabled.
#[cfg(feature = "seed")]
#[doc(hidden)]
#[macro_export]
macro_rules! __seed {
    ([$($backend:ident)*] $generics:tt $factory:tt $bounds:tt borrowed $stages:tt) => {};
    (
        [$($backend:ident)*] [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*] owned
        { $($stage:literal $need:ident,)* }
    ) => {
        impl<$($generics)*> __m::Seeds for $factory
        where
            $($bounds)*
            for<'s> $factory: __m::Mobile,
            $factory: 'static,
        {
            fn wire(&mut self, stage: usize, wiring: &mut __m::Wiring<'_>) -> __m::Result<()> {
                // There may be no relation to use it.
                let _ = &wiring;
                match stage {
                    $($stage => wiring.relation::<Self, $stage>(self),)*
                    _ => __m::Ok(()),
                }
            }

            fn targets(targets: &mut __m::Targets<Self>) {
                $($crate::__persist_in! { $backend { @seed targets } })*
            }
        }
    };
}

#[cfg(not(feature = "seed"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __seed {
    ($($factory:tt)*) => {};
}
