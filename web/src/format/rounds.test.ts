import { describe, expect, test } from "vitest";
import { roundsOf } from "@/format/rounds.ts";
import { roundRemarks } from "@/format/roundWords.ts";
import type { RoundCounts, RoundRun } from "@/format/types.ts";

const clock = { zone: "America/New_York", now: new Date("2026-03-12T14:42:00Z") };

const none: RoundCounts = {
  selected: 0,
  updated: 0,
  unchanged: 0,
  missing: 0,
  skipped: 0,
  failed: 0,
  conflicts: 0,
  identityChanged: 0,
};

let made = 0;

/** A scheduled run of the round r1 that checked 100 watches, unless said otherwise; later ones are newer. */
function run(more: Partial<Omit<RoundRun, "counts">> & { counts?: Partial<RoundCounts> } = {}): RoundRun {
  made++;
  return {
    id: `run${made}`,
    roundId: "r1",
    trigger: "SCHEDULE",
    scope: "ALL",
    dryRun: false,
    status: "SUCCEEDED",
    remaining: 0,
    createdAt: new Date(Date.UTC(2026, 2, 12, 10, made % 60)).toISOString(),
    ...more,
    counts: { ...none, ...(more.counts ?? { selected: 100, updated: 10, unchanged: 90 }) },
  };
}

/** The only round of the runs. */
function only(...runs: RoundRun[]) {
  const [round, ...others] = roundsOf(runs);
  if (!round || others.length > 0) throw new Error("not one round");
  return round;
}

const words = (...runs: RoundRun[]) => roundRemarks(only(...runs), clock).map((each) => each.words);
const osei = { trigger: "MANUAL", requestedBy: { name: "Ikenna Osei" } };

test("the runs of a round are one line with the sums of their counts", () => {
  const first = run({ remaining: 100, counts: { selected: 100, updated: 10, unchanged: 88, missing: 2 } });
  const second = run({ counts: { selected: 100, updated: 5, unchanged: 95, identityChanged: 3 } });
  const round = only(first, second);
  expect(round).toMatchObject({
    id: "r1",
    first,
    last: second,
    runs: [second, first],
    state: "done",
    stateWords: "Done",
  });
  expect(round.counts).toEqual({ ...none, selected: 200, updated: 15, unchanged: 183, missing: 2, identityChanged: 3 });
  expect(round.subject).toBe("Schedule, all 200");
  expect(round.line).toBe("15 updated, 183 no change, 2 not found");
  expect(words(first, second)).toEqual(["3 identity changes"]);
});

test("the round with the newest run is first, whatever the order of the runs", () => {
  const runs = [run({ roundId: "a" }), run({ roundId: "b" }), run({ roundId: "a" }), run({ roundId: "c" })];
  expect(roundsOf(runs).map((each) => each.id)).toEqual(["c", "a", "b"]);
  expect(roundsOf([...runs].reverse()).map((each) => each.id)).toEqual(["c", "a", "b"]);
  expect(roundsOf([])).toEqual([]);
});

describe("the status of the whole", () => {
  test.each([
    [["SUCCEEDED", "SUCCEEDED"], "done"],
    [["SUCCEEDED", "FAILED"], "partial"],
    [["FAILED", "FAILED"], "failed"],
    [["PARTIAL", "SUCCEEDED"], "partial"],
    [["FAILED", "SUCCEEDED"], "partial"],
    [["SUCCEEDED", "CANCELED"], "stopped"],
    [["SUCCEEDED", "RUNNING"], "running"],
    [["SUCCEEDED", "QUEUED"], "running"],
    [["FAILED", "RUNNING"], "running"],
    [["QUEUED"], "queued"],
    [["SUCCEEDED", "ON_HOLD"], "unknown"],
  ])("%j is %s", (statuses, state) => {
    expect(only(...statuses.map((status) => run({ status }))).state).toBe(state);
  });

  test("a scheduled round that was broken off is not done, a person's hundred is", () => {
    expect(only(run({ remaining: 50 })).state).toBe("partial");
    expect(only(run({ ...osei, remaining: 50 })).state).toBe("done");
  });

  test("a round is undone when all of it is", () => {
    const undoneAt = "2026-03-12T10:59:00Z";
    expect(only(run({ undoneAt }), run({ undoneAt }))).toMatchObject({ state: "undone", undoneAt });
    expect(only(run(), run({ undoneAt }))).toMatchObject({ state: "done", undoneAt: null });
    expect(only(run({ undoneAt }), run())).toMatchObject({ state: "done", undoneAt: null });
  });
});

describe("who, and how much", () => {
  test.each([
    [run({ counts: { selected: 1264, updated: 94, unchanged: 1168, missing: 2 } }), "Schedule, all 1,264"],
    [
      run({ status: "PARTIAL", remaining: 562, counts: { selected: 700, updated: 41, unchanged: 640, failed: 19 } }),
      "Schedule, 700 of 1,262",
    ],
    [run({ ...osei, remaining: 1164 }), "Ikenna Osei, 100"],
    [run({ ...osei, dryRun: true, remaining: 1164 }), "Ikenna Osei, 100"],
    [run(osei), "Ikenna Osei, all 100"],
    [run({ ...osei, status: "CANCELED", counts: { selected: 100, updated: 65 } }), "Ikenna Osei, 65 of 100"],
    [run({ ...osei, trigger: "LOGIN" }), "Ikenna Osei signed in, all 100"],
    [run({ ...osei, scope: "WATCH" }), "Ikenna Osei, one watch"],
    [run({ status: "QUEUED", counts: {} }), "Schedule"],
  ])("%o", (each, subject) => {
    expect(only(each).subject).toBe(subject);
  });
});

describe("what needs a look", () => {
  test("identity changes come before conflicts and problems", () => {
    const counts = { selected: 100, updated: 60, failed: 40, conflicts: 2, identityChanged: 1 };
    expect(words(run({ status: "PARTIAL", problemCode: "CLIO_UNAVAILABLE", counts }))).toEqual([
      "1 identity change",
      "2 watches in conflict",
      "Clio stopped answering",
    ]);
  });

  test("a problem without a code is told by its message", () => {
    expect(words(run({ status: "FAILED", problem: "The moon is full." }))).toEqual(["The moon is full."]);
    expect(words(run({ status: "FAILED", problemCode: "CLIO_UNAVAILABLE" }))).toEqual(["Clio did not answer"]);
  });

  test("Clio stopped answering within a round, if it answered before", () => {
    expect(words(run(), run({ status: "FAILED", problemCode: "CLIO_UNAVAILABLE" }))).toEqual([
      "Clio stopped answering",
    ]);
  });

  test("an undone round says when, with the day where it isn't the sync's", () => {
    const createdAt = "2026-03-10T19:20:00Z";
    expect(words(run({ createdAt, undoneAt: "2026-03-10T19:31:00Z" }))).toEqual(["Undone at 3:31 PM"]);
    expect(words(run({ createdAt, undoneAt: "2026-03-11T19:31:00Z" }))).toEqual(["Undone yesterday, 3:31 PM"]);
  });

  test("a preview changed nothing, and would update", () => {
    const preview = run({ dryRun: true, counts: { selected: 100, updated: 12, unchanged: 88, identityChanged: 2 } });
    expect(only(preview)).toMatchObject({ state: "preview", line: "12 would update, 88 no change" });
    expect(words(preview)).toEqual(["Nothing was changed"]);
  });

  test("a quiet round has nothing to look at", () => {
    expect(words(run())).toEqual([]);
  });
});
