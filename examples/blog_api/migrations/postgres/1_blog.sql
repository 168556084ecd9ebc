create table users (
    id bigint generated always as identity primary key,
    username text not null unique,
    email text not null,
    token text not null unique,
    created_at timestamptz not null default now()
);

create table posts (
    id bigint generated always as identity primary key,
    author_id bigint not null references users on delete cascade,
    title text not null,
    body text not null,
    status text not null default 'draft' check (status in ('draft', 'published')),
    created_at timestamptz not null default now(),
    published_at timestamptz
);
create index posts_author on posts (author_id);

create table comments (
    id bigint generated always as identity primary key,
    post_id bigint not null references posts on delete cascade,
    author_id bigint not null references users on delete cascade,
    body text not null,
    created_at timestamptz not null default now()
);
create index comments_post on comments (post_id);
