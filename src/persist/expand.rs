//! What the derive has written for every factory: one concrete impl per enabled backend. No where clause in it names
//! another factory, because factories may point at each other in circles.

/// Writes `Persist` for every enabled backend.
///
/// `[generics] [factory] [bounds] [column types with generics] how borrowing { stage need, .. } { index kind, .. } [more]`, where `how` is `stored`
/// for a model with a table or `embedded` for one without, `borrowing` is `owned` or `borrowed`, and `need` is `stored` for
/// a relation whose parents are pointed at or `whole` for one whose parents are held. A kind of children is made as
/// `children` or `through` a table between; `more` is `store` where something follows, `hook` and `lookup`.
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
    (
        $backend:ty, $insert:tt, [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*]
        { $($stage:literal $need:tt,)* } { $($index:literal $kind:ident,)* } [$($more:ident)*]
    ) => {
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

            $crate::__persist_children! { $backend { $($index $kind,)* } }
            $($crate::__persist_more! { $more $backend })*
        }

        $crate::__persist_create!($insert, $backend, [$($generics)*] [$factory] [$($bounds)*]);
    };
}

/// The children, where there are any.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_children {
    ($backend:ty {}) => {};
    ($backend:ty { $($index:literal $kind:ident,)+ }) => {
        fn children<'__c>(
            index: usize,
            brood: $crate::__private::Brood<'_, Self>,
            db: <$backend as $crate::__private::Backend>::Connection<'__c>,
        ) -> $crate::__private::BoxFuture<'__c, $crate::Result<()>>
        where
            Self: '__c,
        {
            match index {
                $($index => $crate::__private::$kind::<Self, $index, $backend>(brood, db),)+
                _ => ::std::boxed::Box::pin(::std::future::ready(::std::result::Result::Ok(()))),
            }
        }
    };
}

/// What happens around the insert, where anything does.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_more {
    (store $backend:ty) => {
        fn store<'__c>(
            rows: $crate::__private::Rows<Self>,
            db: <$backend as $crate::__private::Backend>::Connection<'__c>,
            want: $crate::__private::Want,
        ) -> $crate::__private::BoxFuture<'__c, $crate::Result<::std::vec::Vec<$crate::__private::Made<Self>>>>
        where
            Self: '__c,
        {
            $crate::__private::store::<Self, $backend>(rows, db, want)
        }
    };
    (hook $backend:ty) => {
        fn hook<'__c>(
            self,
            model: &'__c mut Self::Model,
            db: <$backend as $crate::__private::Backend>::Connection<'__c>,
        ) -> $crate::__private::BoxFuture<'__c, ::std::result::Result<(), $crate::BoxError>>
        where
            Self: '__c,
        {
            #[allow(unused_imports)]
            use $crate::__private::NoHook as _;
            $crate::__private::Hook::<Self, $backend>::new().run(self, model, db)
        }
    };
    (lookup $backend:ty) => {
        fn find<'__c>(
            rows: $crate::__private::Rows<Self>,
            db: <$backend as $crate::__private::Backend>::Connection<'__c>,
        ) -> $crate::__private::BoxFuture<'__c, $crate::Result<::std::vec::Vec<$crate::__private::Made<Self>>>>
        where
            Self: '__c,
        {
            <$backend as $crate::__private::Insert<Self>>::find(
                rows,
                <Self as $crate::__private::Draft>::LOOKUP_COLUMNS,
                db,
            )
        }

        fn seek<'__c>(
            rows: $crate::__private::Rows<Self>,
            db: <$backend as $crate::__private::Backend>::Connection<'__c>,
        ) -> $crate::__private::BoxFuture<
            '__c,
            $crate::Result<($crate::__private::Sought<Self>, $crate::__private::Rows<Self>)>,
        >
        where
            Self: '__c,
        {
            $crate::__private::seek::<Self, $backend>(rows, db)
        }

        fn gather<'__c>(
            sought: $crate::__private::Sought<Self>,
            made: ::std::vec::Vec<$crate::__private::Made<Self>>,
            db: <$backend as $crate::__private::Backend>::Connection<'__c>,
        ) -> $crate::__private::BoxFuture<'__c, $crate::Result<::std::vec::Vec<$crate::__private::Made<Self>>>>
        where
            Self: '__c,
        {
            $crate::__private::gather::<Self, $backend>(sought, made, db)
        }
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
