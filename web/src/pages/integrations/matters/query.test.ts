import { expect, test } from "vitest";
import { filterOf } from "./query.ts";

test("imported matters are left out unless the address asks for them", () => {
  expect(filterOf({})).toEqual({ imported: false });
  expect(filterOf({ imported: "yes" })).toEqual({ imported: true });
  expect(filterOf({ imported: "any" })).toEqual({});
});

test("the first run shows open matters unless the address says otherwise", () => {
  expect(filterOf({ first: 1 })).toEqual({ status: "OPEN", imported: false });
  expect(filterOf({ first: 1, status: "closed" })).toEqual({ status: "CLOSED", imported: false });
});

test("search and practice area are passed on", () => {
  expect(filterOf({ q: "kowalski", area: "12" })).toEqual({
    search: "kowalski",
    practiceAreaId: "12",
    imported: false,
  });
});
