create table if not exists users (
    id bigint auto_increment primary key,
    username varchar(190) not null unique,
    email varchar(190) not null unique,
    name varchar(190) not null,
    password varchar(190) not null,
    role varchar(190) not null check (role in ('reader', 'author', 'admin')),
    created_at datetime(6) not null
);
create table if not exists tags (
    id bigint auto_increment primary key,
    name varchar(190) not null unique
);
create table if not exists posts (
    id bigint auto_increment primary key,
    author_id bigint not null references users (id),
    title varchar(190) not null,
    body text not null,
    created_at datetime(6) not null
);
create table if not exists post_tags (
    post_id bigint not null references posts (id),
    tag_id bigint not null references tags (id),
    primary key (post_id, tag_id)
);
create table if not exists comments (
    id bigint auto_increment primary key,
    post_id bigint not null references posts (id),
    author_id bigint not null references users (id),
    reply_to varchar(190) not null,
    body text not null,
    created_at datetime(6) not null
);
