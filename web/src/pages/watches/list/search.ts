import type { WatchesSearch, watchSorts, watchViews } from "@/addresses.ts";
import type { VariablesOf } from "@/api/graphql.ts";
import { caseTypes, priorityLevels } from "@/format/words/fields.ts";
import type { WatchCountQuery, WatchesQuery } from "./query.ts";

export type WatchView = (typeof watchViews)[number];
export type WatchSort = (typeof watchSorts)[number];
export type WatchesVariables = VariablesOf<typeof WatchesQuery>;
type Filter = NonNullable<VariablesOf<typeof WatchCountQuery>["filter"]>;
type Order = NonNullable<WatchesVariables["orderBy"]>;

/** How many watches a page has. */
export const pageSize = 50;

/** The longest text that the API searches for. */
export const longestSearch = 200;

const filters: Record<WatchView, Filter> = {
  active: { status: "ACTIVE" },
  conflicts: { status: "ACTIVE", hasConflicts: true },
  "client-changed": { status: "ACTIVE", linkState: "CLIENT_CHANGED" },
  missing: { status: "ACTIVE", linkState: "MISSING" },
  "not-clio": { status: "ACTIVE", clioLinked: false },
  archived: { status: "ARCHIVED" },
  all: {},
};

const orderFields: Record<string, Order["field"]> = {
  name: "LAST_NAME",
  synced: "LAST_SYNCED_AT",
  created: "CREATED_AT",
  updated: "UPDATED_AT",
};

/** The view that an address shows. */
export function viewOf(search: WatchesSearch): WatchView {
  return search.view ?? "active";
}

/** The order that an address shows. */
export function sortOf(search: WatchesSearch): WatchSort {
  return search.sort ?? "name";
}

/** The watches of a view, as the API filters them. */
export function viewFilter(view: WatchView): Filter {
  return filters[view];
}

function known<Value extends string>(values: readonly string[], chosen: readonly string[] | undefined): Value[] {
  return (chosen ?? []).filter((each): each is Value => values.includes(each));
}

/** Which watches an address shows, as the API filters them. Case types and priorities that don't exist are left out. */
export function filterOf(search: WatchesSearch): Filter {
  const cases = known<NonNullable<Filter["caseTypes"]>[number]>(caseTypes, search.case);
  const priorities = known<NonNullable<Filter["priorityLevels"]>[number]>(priorityLevels, search.priority);
  const filter: Filter = { ...viewFilter(viewOf(search)) };
  const text = search.q?.trim().slice(0, longestSearch);
  if (text) filter.search = text;
  if (cases.length > 0) filter.caseTypes = cases;
  if (search.attorney) filter.assignedTo = search.attorney.slice(0, longestSearch);
  if (priorities.length > 0) filter.priorityLevels = priorities;
  if (search.tag) filter.tags = search.tag.slice(0, 50);
  return filter;
}

/** What to ask the API for, for an address: the page after a cursor, or before one. */
export function variablesOf(search: WatchesSearch): WatchesVariables {
  const sort = sortOf(search);
  const orderBy: Order = {
    field: orderFields[sort.replace("-", "")] ?? "LAST_NAME",
    direction: sort.startsWith("-") ? "DESC" : "ASC",
  };
  const base = { filter: filterOf(search), orderBy };
  if (search.before) return { ...base, last: pageSize, before: search.before };
  return search.after ? { ...base, first: pageSize, after: search.after } : { ...base, first: pageSize };
}

/** Another filter or order. It begins with the first page: a cursor belongs to the filter and order that it came with. */
export function changed(
  search: WatchesSearch,
  change: { [Key in keyof WatchesSearch]?: WatchesSearch[Key] | undefined },
) {
  const { after: _after, before: _before, ...rest } = { ...search, ...change };
  const isSet = ([, value]: [string, unknown]) => value !== undefined && value !== "" && !isEmptyList(value);
  const kept = Object.fromEntries(Object.entries(rest).filter(isSet)) as WatchesSearch;
  if (kept.view === "active") delete kept.view;
  if (kept.sort === "name") delete kept.sort;
  return kept;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The same view and order, without search and filters. */
export function cleared(search: WatchesSearch): WatchesSearch {
  return changed(search, { q: undefined, case: undefined, attorney: undefined, priority: undefined, tag: undefined });
}

/** Reports whether an address shows a part of its view. */
export function isFiltered(search: WatchesSearch): boolean {
  return Boolean(search.q?.trim() || search.case || search.attorney || search.priority || search.tag);
}

/** The order after a press on a column's head: that of the column, then the reverse. Times begin with the newest. */
export function nextSort(sort: WatchSort, column: "name" | "synced"): WatchSort {
  const first = column === "synced" ? "-synced" : "name";
  const second = column === "synced" ? "synced" : "-name";
  return sort === first ? second : first;
}

/** What aria-sort says of a column. */
export function ariaSort(sort: WatchSort, column: "name" | "synced"): "ascending" | "descending" | undefined {
  if (sort === column) return "ascending";
  return sort === `-${column}` ? "descending" : undefined;
}
