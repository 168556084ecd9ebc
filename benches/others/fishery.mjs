// fishery: users of five plain fields.

import { Factory } from "fishery";
import { report } from "./timing.mjs";

const USERS = 10_000;

const users = Factory.define(({ sequence, params }) => {
  const username = params.username ?? `user${sequence}`;
  return { id: sequence, username, email: `${username}@example.com`, name: "A Name", active: true };
});

await report("memory", "fishery", () => users.buildList(USERS));
