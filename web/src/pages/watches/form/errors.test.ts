import { describe, expect, test } from "vitest";
import { missing, refusals } from "./errors.ts";
import { noValues } from "./values.ts";

const clock = { zone: "America/New_York", now: new Date("2026-03-10T12:00:00Z") };

describe("what an answer refuses", () => {
  test("stands at the field, in words", () => {
    const userErrors = [
      { code: "INVALID", message: "dateOfBirth must not be in the future.", path: ["input", "dateOfBirth"] },
      { code: "INVALID", message: "tags must have at most 100 characters each.", path: ["input", "tags", "3"] },
    ];
    const errors = refusals(userErrors, undefined, { ...noValues, dateOfBirth: "2035-05-21" }, clock);
    expect(errors.dateOfBirth).toBe("Date of birth must be in the past.");
    expect(errors.tags).toMatch(/^Tags must have/);
  });

  test("stands at the form where no field caused it", () => {
    const errors = refusals([{ code: "ARCHIVED", message: "", path: ["id"] }], undefined, noValues, clock);
    expect(errors).toEqual({ "": "The watch is archived. Unarchive it first." });
  });
});

test("names and whole dates are asked for before anything is sent", () => {
  expect(Object.keys(missing(noValues, () => false))).toEqual(["firstName", "lastName"]);
  const named = { ...noValues, firstName: "A", lastName: "B" };
  expect(Object.keys(missing(named, (field) => field === "dateOfBirth"))).toEqual(["dateOfBirth"]);
});
