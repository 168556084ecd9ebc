-- The tables that every tool fills: those of benches/create.rs.
create table users (id integer primary key, username text not null unique, email text not null);
create table posts (id integer primary key, author_id integer not null references users, title text not null);
create table comments (id integer primary key, post_id integer not null references posts,
                       author_id integer not null references users, body text not null);
