import { describe, expect, test } from "vitest";
import {
  changedFields,
  createInput,
  enumName,
  fieldNamed,
  noValues,
  updateInput,
  valuesOf,
  withTypedTag,
} from "./values.ts";

const start = { ...noValues, firstName: "Catherine", lastName: "Shaw", city: "Providence", tags: ["VIP"] };

describe("an edit", () => {
  test("sends nothing that is as it was, whatever spaces are around it", () => {
    expect(updateInput(start, { ...start, city: " Providence " })).toEqual({});
  });

  test("sends only what was changed; null clears", () => {
    const now = { ...start, firstName: "Katherine ", city: " ", tags: [], caseType: "PROBATE" };
    expect(updateInput(start, now)).toEqual({ firstName: "Katherine", city: null, tags: null, caseType: "PROBATE" });
  });

  test("keeps the spaces of notes, unless they are blank", () => {
    expect(updateInput(start, { ...start, internalNotes: "  a\n" })).toEqual({ internalNotes: "  a\n" });
    expect(updateInput({ ...start, internalNotes: "a" }, { ...start, internalNotes: " \n" })).toEqual({
      internalNotes: null,
    });
  });

  test("notices tags in another order or case", () => {
    expect(changedFields(start, { ...start, tags: ["vip"] })).toEqual(["tags"]);
  });

  test("takes the tag that is being typed", () => {
    expect(withTypedTag(start, " estate ").tags).toEqual(["VIP", "estate"]);
    expect(withTypedTag(start, "vip").tags).toEqual(["VIP"]);
    expect(changedFields(start, withTypedTag(start, " "))).toEqual([]);
  });
});

test("a new watch sends both names and what was filled in", () => {
  expect(createInput({ ...noValues, firstName: " Ida", dateOfBirth: "1935-05-21" })).toEqual({
    firstName: "Ida",
    lastName: "",
    dateOfBirth: "1935-05-21",
  });
});

test("a watch's empty fields are empty in the form", () => {
  const { tags, ...texts } = noValues;
  const none = Object.fromEntries(Object.keys(texts).map((each) => [each, null]));
  expect(valuesOf({ ...(none as { [Key in keyof typeof texts]: null }), tags })).toEqual({
    ...noValues,
    priorityLevel: "",
  });
});

test("fields have a name in the form and one in the schema's enums", () => {
  expect(enumName("dateOfBirth")).toBe("DATE_OF_BIRTH");
  expect(fieldNamed("DATE_OF_BIRTH")).toBe("dateOfBirth");
  expect(fieldNamed("internalNotes")).toBe("internalNotes");
  expect(fieldNamed("nonsense")).toBeUndefined();
  expect(fieldNamed(undefined)).toBeUndefined();
});
