import {
  type Cache,
  cacheExchange,
  type DataFields,
  type FieldArgs,
  type UpdatesConfig,
} from "@urql/exchange-graphcache";

// Objects that are a part of another, and have no id of their own.
const parts = [
  "ClioLink",
  "ClioMatterConnection",
  "ClioMatterEdge",
  "AuditEventConnection",
  "AuditEventEdge",
  "Facet",
  "FieldChangeConnection",
  "FieldChangeEdge",
  "FieldResult",
  "ImportResult",
  "PageInfo",
  "SyncConflictConnection",
  "SyncConflictEdge",
  "SyncCounts",
  "SyncedFieldState",
  "SyncRunConnection",
  "SyncRunEdge",
  "UndoneField",
  "UserError",
  "WatchConnection",
  "WatchEdge",
  "WatchFacets",
  "WatchSyncResultConnection",
  "WatchSyncResultEdge",
];

/** The root fields that may hold other items after a change: they are asked for again where they are shown, and stay until then. */
function forget(cache: Cache, ...fields: string[]) {
  for (const field of cache.inspectFields("Query")) {
    if (fields.includes(field.fieldName)) cache.invalidate("Query", field.fieldName, field.arguments ?? undefined);
  }
}

const lists = ["watches", "watchFacets"];

// What a mutation changes beside the objects that it returns.
const changes: Record<string, string[]> = {
  createWatch: lists,
  updateWatch: lists,
  archiveWatch: [...lists, "syncConflicts"],
  unarchiveWatch: lists,
  deleteWatch: [...lists, "syncConflicts", "clioMatters"],
  unlinkWatch: [...lists, "syncConflicts", "clioMatters"],
  confirmClioClient: lists,
  importMatters: [...lists, "clioMatters"],
  takeClioValues: [...lists, "syncConflicts"],
  syncWatch: [...lists, "syncConflicts", "syncRuns"],
  syncAllWatches: ["syncRuns"],
  cancelSyncRun: ["syncRuns"],
  undoSyncRun: [...lists, "syncConflicts", "syncRuns"],
  resolveSyncConflicts: [...lists, "syncConflicts"],
  setCaseTypeMapping: ["caseTypeMappings"],
  connectClio: [],
  disconnectClio: ["clioIntegration", "syncStatus", "caseTypeMappings", "clioMatters"],
};

type Status = { currentRun?: { id: string } | null; openConflicts?: number; lastRun?: { id: string } | null };

const lastStatus = new WeakMap<object, string>();

const updates: UpdatesConfig = {
  Mutation: Object.fromEntries(
    Object.entries(changes).map(([mutation, fields]) => [
      mutation,
      (_result: unknown, _args: unknown, cache: Cache) => forget(cache, ...fields),
    ]),
  ),
  Subscription: {
    // A run that has ended, and others' work, changed what the lists hold.
    syncStatus(result, _args, cache) {
      const status = result.syncStatus as Status | null;
      const state = JSON.stringify([status?.currentRun?.id, status?.lastRun?.id, status?.openConflicts]);
      const before = lastStatus.get(cache);
      lastStatus.set(cache, state);
      if (before && before !== state) forget(cache, ...lists, "syncConflicts", "syncRuns");
    },
  },
};

/** An object that some other answer held already; null where the server said that there is none. */
function known(cache: Cache, field: string, type: string, args: DataFields) {
  if (cache.resolve("Query", field, args as FieldArgs) === null) return null;
  return { __typename: type, id: args.id as string };
}

/** What archiving and unarchiving say, before the server says it. */
function withStatus(payload: string, id: unknown, status: string) {
  return { __typename: payload, watch: { __typename: "Watch", id: id as string, status }, userErrors: [] };
}

/** A normalised cache: what one answer says of an object, every page shows. */
export function cache() {
  return cacheExchange({
    keys: Object.fromEntries(parts.map((part) => [part, () => null])),
    resolvers: {
      Query: {
        watch: (_parent, args, cache) => known(cache, "watch", "Watch", args),
        syncRun: (_parent, args, cache) => known(cache, "syncRun", "SyncRun", args),
      },
    },
    updates,
    optimistic: {
      archiveWatch: ({ id }) => withStatus("ArchiveWatchPayload", id, "ARCHIVED"),
      unarchiveWatch: ({ id }) => withStatus("UnarchiveWatchPayload", id, "ACTIVE"),
    },
  });
}
