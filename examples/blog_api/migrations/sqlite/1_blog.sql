create table users (
    id integer primary key,
    username text not null unique,
    email text not null,
    token text not null unique,
    created_at text not null default (strftime('%Y-%m-%dT%H:%M:%f+00:00'))
);

create table posts (
    id integer primary key,
    author_id integer not null references users on delete cascade,
    title text not null,
    body text not null,
    status text not null default 'draft' check (status in ('draft', 'published')),
    created_at text not null default (strftime('%Y-%m-%dT%H:%M:%f+00:00')),
    published_at text
);
create index posts_author on posts (author_id);

create table comments (
    id integer primary key,
    post_id integer not null references posts on delete cascade,
    author_id integer not null references users on delete cascade,
    body text not null,
    created_at text not null default (strftime('%Y-%m-%dT%H:%M:%f+00:00'))
);
create index comments_post on comments (post_id);
