// drizzle-seed, through Drizzle and libSQL: a plan of three tables with numbered texts. It cannot say that each row has
// parents of its own, and picks them at random: the rows are as many.

import { readFileSync } from "node:fs";
import { createClient } from "@libsql/client";
import { count } from "drizzle-orm";
import { drizzle } from "drizzle-orm/libsql";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { seed } from "drizzle-seed";
import { report } from "./timing.mjs";

const ROWS = 1_000;

const users = sqliteTable("users", {
  id: integer().primaryKey(),
  username: text().notNull().unique(),
  email: text().notNull(),
});
const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").notNull().references(() => users.id),
  title: text().notNull(),
});
const comments = sqliteTable("comments", {
  id: integer().primaryKey(),
  postId: integer("post_id").notNull().references(() => posts.id),
  authorId: integer("author_id").notNull().references(() => users.id),
  body: text().notNull(),
});

const numbered = (rows, text) => Array.from({ length: rows }, (_, n) => text(n));

async function blog(db) {
  await seed(db, { users, posts, comments }).refine((f) => {
    const texts = (rows, text) => f.valuesFromArray({ values: numbered(rows, text), isUnique: true });
    return {
      users: {
        count: 2 * ROWS,
        columns: {
          username: texts(2 * ROWS, (n) => `user${n}`),
          email: texts(2 * ROWS, (n) => `user${n}@example.com`),
        },
      },
      posts: { count: ROWS, columns: { title: texts(ROWS, (n) => `post ${n}`) } },
      comments: { count: ROWS, columns: { body: texts(ROWS, (n) => `comment ${n}`) } },
    };
  });
}

const schema = readFileSync(new URL("schema.sql", import.meta.url), "utf8");

async function empty() {
  const client = createClient({ url: ":memory:" });
  await client.executeMultiple(schema);
  return drizzle(client);
}

async function filled(db) {
  for (const [table, rows] of [[users, 2 * ROWS], [posts, ROWS], [comments, ROWS]]) {
    const [found] = await db.select({ rows: count() }).from(table);
    if (found.rows !== rows) throw new Error(`${found.rows} rows instead of ${rows}`);
  }
}

await report("rows", "drizzle-seed", blog, empty, filled);
