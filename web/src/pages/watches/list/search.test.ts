import { describe, expect, test } from "vitest";
import { watchesSearch, watchViews } from "@/addresses.ts";
import { ariaSort, changed, cleared, filterOf, isFiltered, nextSort, variablesOf, viewFilter } from "./search.ts";

describe("an address as variables", () => {
  test("shows the active watches by name without any parameter", () => {
    expect(variablesOf({})).toEqual({
      filter: { status: "ACTIVE" },
      orderBy: { field: "LAST_NAME", direction: "ASC" },
      first: 50,
    });
  });

  test("has every filter, the order and the cursor", () => {
    const search = watchesSearch({
      view: "conflicts",
      q: " Illing 873 ",
      case: ["PROBATE", "NONSENSE"],
      attorney: "Ikenna Osei",
      priority: "URGENT",
      tag: ["VIP", "estate"],
      sort: "-synced",
      after: "c1",
    });
    expect(variablesOf(search)).toEqual({
      filter: {
        status: "ACTIVE",
        hasConflicts: true,
        search: "Illing 873",
        caseTypes: ["PROBATE"],
        assignedTo: "Ikenna Osei",
        priorityLevels: ["URGENT"],
        tags: ["VIP", "estate"],
      },
      orderBy: { field: "LAST_SYNCED_AT", direction: "DESC" },
      first: 50,
      after: "c1",
    });
  });

  test("asks for the last of those before a cursor", () => {
    expect(variablesOf({ before: "c1" })).toMatchObject({ last: 50, before: "c1" });
    expect(variablesOf({ before: "c1" })).not.toHaveProperty("first");
  });

  test("stays in the API's bounds", () => {
    expect(filterOf({ q: "x".repeat(300) }).search).toHaveLength(200);
    expect(filterOf({ tag: Array.from({ length: 60 }, String) }).tags).toHaveLength(50);
    expect(filterOf({ q: "  " })).toEqual({ status: "ACTIVE" });
  });

  test.each(watchViews)("has a filter for %s", (view) => {
    expect(viewFilter(view)).toBeDefined();
  });
});

describe("a change", () => {
  const search = watchesSearch({ view: "missing", q: "a", tag: ["t"], sort: "-name", after: "c1", before: "c2" });

  test("begins with the first page", () => {
    expect(changed(search, { sort: "synced" })).toEqual({ view: "missing", q: "a", tag: ["t"], sort: "synced" });
  });

  test("leaves out what is empty, and what is so without saying", () => {
    expect(changed(search, { view: "active", sort: "name", q: "", tag: [] })).toEqual({});
  });

  test("can take back search and filters", () => {
    expect(cleared(search)).toEqual({ view: "missing", sort: "-name" });
    expect(isFiltered(search)).toBe(true);
    expect(isFiltered(cleared(search))).toBe(false);
  });
});

describe("a column's head", () => {
  test("orders by it, then the other way round", () => {
    expect(nextSort("name", "name")).toBe("-name");
    expect(nextSort("-name", "name")).toBe("name");
    expect(nextSort("name", "synced")).toBe("-synced");
    expect(nextSort("-synced", "synced")).toBe("synced");
  });

  test("says how it is ordered", () => {
    expect(ariaSort("name", "name")).toBe("ascending");
    expect(ariaSort("-synced", "synced")).toBe("descending");
    expect(ariaSort("created", "name")).toBeUndefined();
  });
});
