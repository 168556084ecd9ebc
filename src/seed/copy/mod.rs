//! Rows as Postgres takes them fastest: `COPY .. FROM STDIN` in its binary form.
