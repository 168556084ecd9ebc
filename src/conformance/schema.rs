//! The tables as Diesel knows them, where it is enabled.

crate::__typed! {
    ::diesel::table! {
        authors (id) {
            id -> BigInt,
            name -> Text,
            email -> Text,
            joined -> Text,
        }
    }

    ::diesel::table! {
        books (id) {
            id -> BigInt,
            author_id -> BigInt,
            title -> Text,
            order -> BigInt,
            #[sql_name = "select \"it\" from"]
            odd -> Text,
            pages -> Nullable<Integer>,
            rating -> Double,
            cover -> Binary,
            in_print -> Bool,
        }
    }

    ::diesel::table! {
        #[sql_name = "group \"by\""]
        group_by (id) {
            id -> BigInt,
            #[sql_name = "where"]
            place -> Text,
        }
    }

    ::diesel::table! {
        shelves (id) {
            id -> BigInt,
            label -> Text,
        }
    }

    ::diesel::table! {
        volumes (id) {
            id -> BigInt,
            shelf_id -> BigInt,
            label -> Text,
        }
    }

    ::diesel::table! {
        topics (id) {
            id -> BigInt,
            name -> Text,
            note -> Text,
        }
    }

    ::diesel::table! {
        volume_topics (volume_id, topic_id) {
            volume_id -> BigInt,
            topic_id -> BigInt,
        }
    }
}
