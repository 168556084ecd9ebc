//! What the connections of Diesel and diesel-async write alike, as macros: their types are too many for one impl.

/// How an engine reads values out of a row, and why it fails.
macro_rules! read {
    ($database:ty, $copy:path) => {
        fn int(row: &Self::Row<'_, '_>, place: usize) -> Result<Option<i64>, Self::Error> {
            diesel::int::<$database>(row, place)
        }

        fn text(row: &Self::Row<'_, '_>, place: usize) -> Result<Option<String>, Self::Error> {
            diesel::text::<$database>(row, place)
        }

        fn copy(row: &Self::Row<'_, '_>, place: usize, binds: &mut Self::Binds<'_>) -> Result<bool, Self::Error> {
            $copy(row, place, binds)
        }

        fn fault(error: &Self::Error) -> Fault {
            diesel::fault(error)
        }

        fn is_lost(error: &Self::Error) -> bool {
            diesel::is_lost(error)
        }
    };
}

/// How rows of a `table!` are stored through a connection.
macro_rules! stored {
    ($connection:ty, $database:ty, $dialect:ident) => {
        impl Reaches for $connection {
            type Database = $database;
        }

        impl<F> Stored<$connection> for F
        where
            F: TypedRow<$database> + Record<Model: Send> + Send,
        {
            fn table() -> Table {
                <F as TypedRow<$database>>::table()
            }

            fn column(column: &'static Column) -> &'static str {
                <F as TypedRow<$database>>::column(column.name)
            }

            fn selection() -> Option<String> {
                <F as TypedRow<$database>>::selection()
            }

            fn write_to<'d>(&self, binds: &mut Binds<'d, $database>)
            where
                Self: 'd,
            {
                self.write(binds);
            }

            fn read_from(self, row: &<$connection as Engine>::Row<'_, '_>, first: usize) -> Result<F::Model> {
                self.read(row, first)
            }
        }

        impl<F: Stored<$connection>> Insert<F> for $connection {
            fn insert<'c>(rows: Rows<F>, db: Db<'c, Self>, want: Want) -> BoxFuture<'c, Result<Vec<Made<F>>>>
            where
                F: 'c,
            {
                $crate::persist::sql::insert_batch::<Self, F>(rows, db, want)
            }

            fn find<'c>(
                rows: Rows<F>,
                columns: &'static [&'static str],
                db: Db<'c, Self>,
            ) -> BoxFuture<'c, Result<Vec<Made<F>>>>
            where
                F: 'c,
            {
                $crate::persist::sql::find_batch::<Self, F>(rows, columns, db)
            }
        }
    };
}

pub(in crate::persist) use {read, stored};
