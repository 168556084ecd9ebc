create table if not exists users (
    id integer primary key,
    username text not null unique,
    email text not null unique,
    name text not null,
    password text not null,
    role text not null check (role in ('reader', 'author', 'admin')),
    created_at text not null
);
create table if not exists tags (
    id integer primary key,
    name text not null unique
);
create table if not exists posts (
    id integer primary key,
    author_id integer not null references users (id),
    title text not null,
    body text not null,
    created_at text not null
);
create table if not exists post_tags (
    post_id integer not null references posts (id),
    tag_id integer not null references tags (id),
    primary key (post_id, tag_id)
);
create table if not exists comments (
    id integer primary key,
    post_id integer not null references posts (id),
    author_id integer not null references users (id),
    reply_to text not null,
    body text not null,
    created_at text not null
);
