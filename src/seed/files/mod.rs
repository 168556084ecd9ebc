//! Rows as files, for engines that load on their own: CSV, JSON lines, SQL, Parquet. Knows no database.
