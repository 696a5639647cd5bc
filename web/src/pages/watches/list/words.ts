import type { WatchSort, WatchView } from "./search.ts";

/** The views' names. */
export const viewNames: Record<WatchView, string> = {
  active: "Active",
  conflicts: "Conflicts",
  "client-changed": "Client changed",
  missing: "Not found in Clio",
  "not-clio": "Not from Clio",
  archived: "Archived",
  all: "All",
};

/** What the watches of a view are, in the plural: "1,297 active watches". */
export const viewWatches: Record<WatchView, string> = {
  active: "active watches",
  conflicts: "watches with conflicts",
  "client-changed": "watches whose client changed",
  missing: "watches not found in Clio",
  "not-clio": "watches not from Clio",
  archived: "archived watches",
  all: "watches",
};

/** The orders, in words. */
export const sortNames: Record<WatchSort, string> = {
  name: "Last name A–Z",
  "-name": "Last name Z–A",
  "-synced": "Last synced, newest first",
  synced: "Last synced, oldest first",
  "-created": "Added, newest first",
  created: "Added, oldest first",
  "-updated": "Changed, newest first",
  updated: "Changed, oldest first",
};
