import { count, number } from "@/format/counts.ts";
import type { WatchOutcome } from "@/format/types.ts";

/** The groups of a run's results, the gravest first. "other" has the outcomes that this version does not know. */
export type GroupKey =
  | "identity"
  | "conflict"
  | "clientChanged"
  | "missing"
  | "failed"
  | "other"
  | "replaced"
  | "incomparable"
  | "kept"
  | "updated"
  | "unchanged"
  | "skipped";

type Words = readonly [heading: string, sentence: string];

const words: Record<GroupKey, Words> = {
  identity: [
    "Identity changed",
    "A name, birth date or state is different now. Obituaries are matched against the new value.",
  ],
  conflict: ["Conflict", "Edited here, and Clio says something else. The edit stays until someone decides."],
  clientChanged: [
    "Client changed in Clio",
    "The matter now names someone else. A watch never becomes another person, so nothing personal was taken.",
  ],
  missing: [
    "Not found in Clio",
    "The matter was deleted, or is hidden from the connected user. The watch stays as it is.",
  ],
  failed: ["Failed", "Could not be compared with Clio. The watch stays as it is."],
  other: ["Something else", "This page does not know what happened. The result says it."],
  replaced: ["Edits replaced", "Edited here, and Clio’s value took its place."],
  incomparable: ["Could not compare", "Clio hides a value, or has one that cannot be used. Nothing was changed there."],
  kept: ["Edits kept", "Edited here, and Clio says something else. The edit stays."],
  updated: ["Updated", "Nobody had edited these fields here."],
  unchanged: ["No change", "Clio agrees. Nothing changed."],
  skipped: ["Skipped", "Left out of this sync."],
};

const previewWords: Partial<Record<GroupKey, Words>> = {
  identity: [
    "Identity would change",
    "A name, birth date or state would be different. Obituaries would be matched against the new value.",
  ],
  conflict: ["Conflict", "Edited here, and Clio says something else. The edit would stay until someone decides."],
  clientChanged: [
    "Client changed in Clio",
    "The matter now names someone else. A watch never becomes another person, so nothing personal would be taken.",
  ],
  replaced: ["Edits would be replaced", "Edited here, and Clio’s value would take its place."],
  incomparable: ["Could not compare", "Clio hides a value, or has one that cannot be used. Nothing would be changed."],
  kept: ["Edits would be kept", "Edited here, and Clio says something else. The edit would stay."],
  updated: ["Would update", "Nobody has edited these fields here."],
  unchanged: ["No change", "Clio agrees. Nothing would change."],
};

const liveIdentity = "A name, birth date or state is different now. Check that it is still the right person.";

/** The heading, the sentence and the folded line of a group. */
export function groupWords(
  key: GroupKey,
  results: readonly WatchOutcome[],
  { live, preview }: { live?: boolean; preview?: boolean },
): { heading: string; sentence: string; fold: { strong: string; rest: string } } {
  const [heading, sentence] = (preview && previewWords[key]) || words[key];
  return {
    heading,
    sentence: live && !preview && key === "identity" ? liveIdentity : sentence,
    fold: { strong: foldStrong(key, results.length, { live, preview }), rest: live ? "" : foldRest(key, results) },
  };
}

function foldStrong(key: GroupKey, n: number, { live, preview }: { live?: boolean; preview?: boolean }): string {
  switch (key) {
    case "kept":
      return `${count(n, "edit")} ${preview ? "would be kept" : "kept"}`;
    case "replaced":
      return `${count(n, "edit")} ${preview ? "would be replaced" : "replaced"}`;
    case "updated":
      return `${number(n)}${live ? " more" : ""} ${preview ? "would update" : "updated"}`;
    case "incomparable":
      return `${number(n)} could not be compared`;
    default:
      return `${number(n)} ${words[key][0].charAt(0).toLowerCase()}${words[key][0].slice(1)}`;
  }
}

function foldRest(key: GroupKey, results: readonly WatchOutcome[]): string {
  if (key === "updated") return " with nothing to decide";
  if (key === "incomparable") return " in all fields";
  if (key === "kept") return keptRest(results);
  return key === "skipped" ? skippedRest(results) : "";
}

const keptReasons: Record<string, string> = {
  SETTLED: ", as decided before",
  POLICY: ", as Keep local says",
  EDITED_SINCE: ", edited while Clio was asked",
};

/** Why edits were kept, where it was the same reason for all. */
function keptRest(results: readonly WatchOutcome[]): string {
  const kept = results.flatMap((each) => each.fields).filter((each) => each.decision === "KEPT_LOCAL");
  const reason = only(kept.map((each) => each.reason ?? ""));
  return reason && Object.hasOwn(keptReasons, reason) ? (keptReasons[reason] ?? "") : "";
}

/** Why watches were skipped, where it was the same reason for all: as they are now shows what became of them. */
function skippedRest(results: readonly WatchOutcome[]): string {
  return (
    only(
      results.map(({ watch }) => {
        if (watch === null) return ", deleted since the sync began";
        if (watch?.status === "ARCHIVED") return ", archived since the sync began";
        if (watch?.clioLink === null) return ", unlinked since the sync began";
        return watch?.status && watch.clioLink ? ", checked by a newer sync" : "";
      }),
    ) ?? ""
  );
}

/** The one value that all have; undefined where they differ. */
function only(values: readonly string[]): string | undefined {
  return values.every((each) => each === values[0]) ? values[0] : undefined;
}
