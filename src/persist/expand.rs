//! What the derive has written for every factory: one concrete impl per enabled backend. No where clause in it names
//! another factory, because factories may point at each other in circles.

/// Writes `Persist` for every enabled backend.
///
/// `[generics] [factory] [bounds] [column types with generics] how borrowing { stage need, .. }`, where `how` is `stored`
/// for a model with a table or `embedded` for one without, `borrowing` is `owned` or `borrowed`, and `need` is `stored` for
/// a relation whose parents are pointed at or `whole` for one whose parents are held.
///
/// Or `@columns` and items that ask of columns whether the `__Database` stores them, or its `__Binds` take them: written
/// once for every enabled database.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist {
    (@columns $($columns:tt)*) => {
        $crate::__persist_sqlx_sqlite! { @columns $($columns)* }
    };
    ($($factory:tt)*) => {
        $crate::__persist_stores! { $($factory)* }
        $crate::__persist_sqlx_sqlite! { $($factory)* }
    };
}

/// Writes `Persist` for one backend: the type, then how its rows are inserted, then the factory as above with the bounds
/// of this backend added. A need may be `[reached need]`: parents that cannot be made are then an error of the run, not of
/// the compiler.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_on {
    ($backend:ty, $insert:tt, [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*] { $($stage:literal $need:tt,)* }) => {
        #[automatically_derived]
        impl<$($generics)*> $crate::__private::Persist<$backend> for $factory where $($bounds)* {
            fn make<'__c>(
                rows: $crate::__private::Rows<Self>,
                db: <$backend as $crate::__private::Backend>::Connection<'__c>,
                want: $crate::__private::Want,
            ) -> $crate::__private::BoxFuture<'__c, $crate::Result<::std::vec::Vec<$crate::__private::Made<Self>>>>
            where
                Self: '__c,
            {
                $crate::__private::walk::<Self, $backend>(rows, db, want)
            }

            #[allow(unused_variables)]
            fn parents<'__c>(
                stage: usize,
                rows: &'__c mut $crate::__private::Rows<Self>,
                db: <$backend as $crate::__private::Backend>::Connection<'__c>,
            ) -> $crate::__private::BoxFuture<'__c, $crate::Result<()>>
            where
                Self: '__c,
            {
                match stage {
                    $($stage => $crate::__persist_parents!($need, $stage, $backend, rows, db),)*
                    _ => ::std::boxed::Box::pin(::std::future::ready(::std::result::Result::Ok(()))),
                }
            }

            fn insert<'__c>(
                rows: $crate::__private::Rows<Self>,
                db: <$backend as $crate::__private::Backend>::Connection<'__c>,
                want: $crate::__private::Want,
            ) -> $crate::__private::BoxFuture<'__c, $crate::Result<::std::vec::Vec<$crate::__private::Made<Self>>>>
            where
                Self: '__c,
            {
                $crate::__persist_insert!($insert, $backend, rows, db, want)
            }
        }

        $crate::__persist_create!($insert, $backend, [$($generics)*] [$factory] [$($bounds)*]);
    };
}

/// One relation's parents: stored because they are pointed at, or held as a whole; either of them, if they can be made at
/// all.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_parents {
    (stored, $stage:literal, $backend:ty, $rows:ident, $db:ident) => {
        $crate::__private::stored_parents::<Self, $stage, $backend>($rows, $db)
    };
    (whole, $stage:literal, $backend:ty, $rows:ident, $db:ident) => {
        $crate::__private::parents::<Self, $stage, $backend>($rows, $db)
    };
    ([reached $need:ident], $stage:literal, $backend:ty, $rows:ident, $db:ident) => {{
        #[allow(unused_imports)]
        use $crate::__private::OutOfReach as _;
        $crate::__private::Reach::<Self, $backend, $stage>::new().$need($rows, $db)
    }};
}

/// The rows themselves: inserted, the same where the columns were checked by themselves, or only finished where the model
/// has no table.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_insert {
    (checked, $backend:ty, $rows:ident, $db:ident, $want:ident) => {{
        #[allow(unused_imports)]
        use $crate::__private::Unstorable as _;
        $crate::__private::Storing::<Self, $backend>::new().insert($rows, $db, $want)
    }};
    (embedded, $backend:ty, $rows:ident, $db:ident, $want:ident) => {{
        let _ = ($db, $want);
        ::std::boxed::Box::pin(::std::future::ready(::std::result::Result::Ok($crate::__private::complete($rows))))
    }};
    ($how:ident, $backend:ty, $rows:ident, $db:ident, $want:ident) => {
        <$backend as $crate::__private::Insert<Self>>::insert($rows, $db, $want)
    };
}

/// Only what has a table can be created by itself, or what is `tableless` where no table is needed: see `NeedsNoTable`.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_create {
    (embedded, $($rest:tt)*) => {};
    (tableless, $backend:ty, [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*]) => {
        #[automatically_derived]
        impl<$($generics)* __B> $crate::__private::Create<__B> for $factory
        where
            $($bounds)*
            __B: $crate::__private::Backend + $crate::__private::NeedsNoTable<$factory>,
            $factory: $crate::__private::Persist<__B>,
        {
        }
    };
    ($how:ident, $backend:ty, [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*]) => {
        #[automatically_derived]
        impl<$($generics)*> $crate::__private::Create<$backend> for $factory where $($bounds)* {}
    };
}
