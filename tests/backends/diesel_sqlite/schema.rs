//! Tables, as `diesel print-schema` writes them.

diesel::table! {
    users (id) {
        id -> Integer,
        username -> Text,
        email -> Text,
        bio -> Nullable<Text>,
        role -> Text,
        created_at -> Text,
    }
}

diesel::table! {
    posts (id) {
        id -> Integer,
        author_id -> Integer,
        title -> Text,
        #[sql_name = "type"]
        type_ -> Text,
        stars -> BigInt,
        tags -> Json,
    }
}

diesel::table! {
    main.memos (id) {
        id -> Integer,
        user_id -> Nullable<Integer>,
        body -> Binary,
        weight -> Nullable<Double>,
    }
}

diesel::table! {
    pairs (left, right) {
        left -> Integer,
        right -> Integer,
        note -> Text,
    }
}

diesel::joinable!(posts -> users (author_id));
diesel::allow_tables_to_appear_in_same_query!(users, posts);

/// The same in SQL.
pub(super) const TABLES: &str = r#"
    create table users (id integer primary key not null, username text not null unique, email text not null, bio text,
                        role text not null default 'member' check (role in ('member', 'admin')),
                        created_at text not null default current_timestamp);
    create table posts (id integer primary key not null, author_id integer not null references users, title text not null,
                        "type" text not null, stars bigint not null, tags text not null);
    create table memos (id integer primary key not null, user_id integer references users, body blob not null, weight double);
    create table pairs ("left" integer not null, "right" integer not null, note text not null, primary key ("left", "right"));
"#;
