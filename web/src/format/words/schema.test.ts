import { readFileSync } from "node:fs";
import { buildSchema, getNamedType, isEnumType, isInterfaceType, isObjectType } from "graphql";
import { describe, expect, test } from "vitest";
import * as clio from "@/format/words/clio.ts";
import * as decisions from "@/format/words/decisions.ts";
import { userErrorWords } from "@/format/words/errors.ts";
import * as fields from "@/format/words/fields.ts";
import * as history from "@/format/words/history.ts";
import { nameOf } from "@/format/words/lookup.ts";
import * as runs from "@/format/words/runs.ts";
import * as settings from "@/format/words/settings.ts";

const schema = buildSchema(readFileSync(new URL("../../../schema.graphql", import.meta.url), "utf8"));

/** The function that has the words for each enum of the API. */
const words: Record<string, (value: string) => string> = {
  ApiTokenAccess: settings.accessWords,
  CaseType: fields.caseTypeWords,
  ChangeCause: history.causeWords,
  ClioIntegrationState: clio.integrationStateWords,
  ClioLinkState: clio.linkStateWords,
  ConflictChoice: decisions.choiceWords,
  ConflictResolution: settings.resolutionWords,
  DayOfWeek: settings.dayOfWeekWords,
  FieldDecision: (decision) =>
    decisions.decisionWords({ field: "CITY", decision, before: "Providence", clio: "Cranston" }),
  FieldOrigin: fields.originWords,
  ImportObstacle: clio.obstacleWords,
  ImportOutcome: (outcome) => clio.importOutcomeWords(outcome),
  KeptReason: decisions.keptReasonWords,
  MatterStatus: clio.matterStatusWords,
  PriorityLevel: fields.priorityWords,
  Role: settings.roleWords,
  SyncFrequency: settings.frequencyWords,
  SyncOutcome: (outcome) => runs.outcomeWords(outcome),
  SyncProblem: (problem) => runs.problemWords(problem),
  SyncRunStatus: (status) => runs.runStateWords({ status, dryRun: false }),
  SyncScope: runs.scopeWords,
  SyncTrigger: (trigger) => runs.triggerWords(trigger, "Dana Whitlock"),
  SyncedField: fields.fieldLabel,
  UndoOutcome: (outcome) => history.undoOutcomeWords(outcome),
  UserErrorCode: (code) => userErrorWords({ code, message: "", path: ["input", "firstName"] }, { value: "" }),
  WatchField: fields.fieldLabel,
  WatchStatus: fields.watchStatusWords,
};

/** The enums that an answer can hold. */
const outputs = new Set(
  Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith("__"))
    .flatMap((type) => (isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : []))
    .map((field) => getNamedType(field.type))
    .filter(isEnumType)
    .map((type) => type.name),
);

test("every enum of an answer has words", () => {
  expect(outputs.size).toBeGreaterThan(20);
  expect([...outputs].filter((name) => !words[name])).toEqual([]);
});

describe.each(Object.entries(words))("%s", (name, wordsOf) => {
  const type = schema.getType(name);
  const values = isEnumType(type) ? type.getValues().map((each) => each.name) : [];

  test("is in the schema", () => expect(values).not.toEqual([]));

  test.each(values)("%s has words", (value) => {
    const text = wordsOf(value);
    expect(text).not.toBe("");
    expect(text, "the fallback for unknown values").not.toBe(nameOf(value));
    expect(text).toMatch(/^\p{Lu}/u);
    expect(text).not.toMatch(/[A-Z]_[A-Z]|undefined|null|please|oops|successful|['"]/i);
  });

  test("an unknown value is its name in lower case", () => {
    expect(wordsOf("BRAND_NEW_VALUE")).toBe("brand new value");
    expect(wordsOf("constructor")).toBe("constructor");
  });
});

test.each([
  ["caseTypes", fields.caseTypes, "CaseType"],
  ["priorityLevels", fields.priorityLevels, "PriorityLevel"],
  ["matterStatuses", clio.matterStatuses, "MatterStatus"],
  ["frequencies", settings.frequencies, "SyncFrequency"],
  ["daysOfWeek", settings.daysOfWeek, "DayOfWeek"],
  ["resolutions", settings.resolutions, "ConflictResolution"],
  ["roles", settings.roles, "Role"],
  ["accesses", settings.accesses, "ApiTokenAccess"],
] as const)("%s are all that can be chosen, in the schema's order", (_, values, name) => {
  const type = schema.getType(name);
  expect(values).toEqual(isEnumType(type) ? type.getValues().map((each) => each.name) : []);
});

test.each(settings.resolutions)("the effect of %s is told", (each) => {
  expect(settings.resolutionEffect(each)).toMatch(/^\p{Lu}.*\.$/u);
});

test.each(settings.accesses)("the effect of %s is told", (each) => {
  expect(settings.accessEffect(each)).toMatch(/^\p{Lu}.*\.$/u);
});

test("the effect of an unknown value is not invented", () => {
  expect(settings.resolutionEffect("constructor")).toBe("");
  expect(settings.accessEffect("NEW")).toBe("");
});
