import { count, number } from "@/format/counts.ts";
import { identityChanges, identitySentence } from "@/format/identity.ts";
import { sentence } from "@/format/text.ts";
import type { FieldOutcome } from "@/format/types.ts";
import { nameOf } from "@/format/words/lookup.ts";

/** The ways in which a field comes out of a sync, in the order in which they are told. */
type Kind = "updated" | "replaced" | "kept" | "conflict" | "held" | "incomparable" | "left";

const kinds: Record<string, Kind> = {
  UPDATED: "updated",
  OVERWROTE_LOCAL: "replaced",
  KEPT_LOCAL: "kept",
  CONFLICT: "conflict",
  HELD: "held",
  UNAVAILABLE: "incomparable",
  UNUSABLE: "incomparable",
  SAME: "left",
  EMPTY_IN_CLIO: "left",
};

/** What follows a kind's number: the noun of its own or none, then what happened, and what would happen. */
const words: Record<Kind, { noun?: readonly [string, string]; did: string; would: string }> = {
  updated: { did: "updated", would: "would be updated" },
  replaced: { noun: ["edit", "edits"], did: "replaced", would: "would be replaced" },
  kept: { noun: ["edit", "edits"], did: "kept", would: "would be kept" },
  conflict: { noun: ["conflict", "conflicts"], did: "", would: "" },
  held: { did: "left alone", would: "would be left alone" },
  incomparable: { did: "could not be compared", would: "could not be compared" },
  left: { did: "left as they were", would: "would stay as they are" },
};

/** What a sync of one watch did, all its fields in all: "3 fields updated, 1 edit kept, 5 left as they were." */
export function syncHeadline(fields: readonly FieldOutcome[], preview = false): string {
  const parts = partsOf(fields);
  if (parts.every((each) => each.kind === "left")) {
    return preview ? "Clio agrees. Nothing would change." : "Clio agrees. Nothing changed.";
  }
  return sentence(parts.map((each, index) => partWords(each, index === 0, preview)).join(", "));
}

/** What a screen reader hears of it: "Synced. 3 updated, 1 edit kept. First name changed from Catherine to Katherine." */
export function syncAnnouncement(fields: readonly FieldOutcome[], preview = false): string {
  const parts = partsOf(fields).filter((each) => each.kind !== "left");
  const what = parts.map((each) => partWords(each, false, preview)).join(", ");
  const news = what ? sentence(what) : syncHeadline(fields, preview);
  const identity = identityChanges(fields, preview).map(identitySentence);
  return [preview ? "Preview." : "Synced.", news, ...identity].join(" ");
}

interface Part {
  /** A kind, or a decision that this version does not know. */
  kind: string;
  n: number;
}

/** How many fields came out in each way, without those that none did. */
function partsOf(fields: readonly FieldOutcome[]): Part[] {
  const counts = new Map<string, number>(Object.keys(words).map((kind) => [kind, 0]));
  for (const { decision } of fields) {
    const kind = Object.hasOwn(kinds, decision) ? (kinds[decision] ?? decision) : decision;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].filter(([, n]) => n > 0).map(([kind, n]) => ({ kind, n }));
}

function partWords({ kind, n }: Part, isFirst: boolean, preview: boolean): string {
  const known = Object.hasOwn(words, kind) ? words[kind as Kind] : undefined;
  const noun = known?.noun ?? (isFirst ? (["field", "fields"] as const) : undefined);
  const amount = noun ? count(n, ...noun) : number(n);
  const verb = known ? (preview ? known.would : known.did) : nameOf(kind);
  const agreeing = kind === "left" && n === 1 ? verb.replace("they were", "it was").replace("they are", "it is") : verb;
  return `${amount} ${agreeing}`.trim();
}
