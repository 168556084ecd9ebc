create table users (id integer primary key, username text not null unique);
create table posts (id integer primary key, author_id integer not null references users, title text not null);
