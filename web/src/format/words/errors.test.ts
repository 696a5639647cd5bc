import { expect, test } from "vitest";
import { retryWords, thingsToPutRight, userErrorWords } from "@/format/words/errors.ts";

const invalid = (field: string, message: string) => ({ code: "INVALID", message, path: ["input", field] });
const clock = { zone: "America/New_York", now: new Date("2026-03-12T14:42:00Z") };

test.each([
  ["firstName", "", "Enter a first name."],
  ["lastName", "  ", "Enter a last name."],
  ["dateOfBirth", "", "Enter a date of birth."],
  ["firmName", "", "Enter the firm’s name."],
  ["email", "", "Enter an e-mail address."],
])("an empty %s is asked for", (field, value, words) => {
  expect(userErrorWords(invalid(field, "…"), { value })).toBe(words);
});

test("without the value, the server's message says whether it was empty", () => {
  expect(userErrorWords(invalid("firstName", "firstName can't be empty."))).toBe("Enter a first name.");
});

test.each([
  ["firstName", "firstName must contain a letter.", "First name must contain a letter."],
  [
    "caseNumber",
    "caseNumber must not be longer than 200 characters",
    "Case number must not be longer than 200 characters.",
  ],
  ["dateOfBirth", "dateOfBirth must not be in the future.", "Date of birth must be in the past."],
  ["dateOfBirth", "dateOfBirth must not be before 1800.", "Date of birth must not be before 1800."],
  ["email", "Enter a valid …", "Enter an e-mail address, such as name@example.com."],
  ["newPassword", "The password must have 8 to 200 characters.", "New password must have 8 to 200 characters."],
  ["tags", "There can be 50 tags at most.", "There can be 50 tags at most."],
  ["name", "The token's name must have 1 to 200 characters.", "The token’s name must have 1 to 200 characters."],
  ["brandNew", "brandNew is wrong", "BrandNew is wrong."],
  ["state", "", "State cannot be used."],
])("%s: %s", (field, message, words) => {
  expect(userErrorWords(invalid(field, message), { value: "something" })).toBe(words);
});

test("a page can call a field otherwise", () => {
  expect(userErrorWords(invalid("name", "name must contain a letter."), { value: "1", label: "Your name" })).toBe(
    "Your name must contain a letter.",
  );
});

test("a problem without a field is told by its code, an unknown one by the server's message", () => {
  expect(userErrorWords({ code: "CONFLICT", message: "Somebody else …" })).toBe(
    "Somebody changed this first. Nothing was changed.",
  );
  expect(userErrorWords({ code: "INVALID", message: "There can be 100 at most" })).toBe("There can be 100 at most.");
  expect(userErrorWords({ code: "INVALID", message: "" })).toBe("This cannot be used.");
  expect(userErrorWords({ code: "BRAND_NEW", message: "The moon is full." })).toBe("The moon is full.");
  expect(userErrorWords({ code: "BRAND_NEW", message: "" })).toBe("brand new");
});

test("the field decides what a code means", () => {
  expect(userErrorWords({ code: "INVALID_CREDENTIALS", message: "…", path: null })).toBe(
    "E-mail or password is wrong.",
  );
  expect(userErrorWords({ code: "INVALID_CREDENTIALS", message: "…", path: ["input", "currentPassword"] })).toBe(
    "The password is wrong.",
  );
  expect(userErrorWords({ code: "ALREADY_EXISTS", message: "…", path: ["input", "email"] })).toBe(
    "There is an account with this e-mail address already.",
  );
  expect(userErrorWords({ code: "NOT_FOUND", message: "…", path: ["input", "token"] })).toMatch(/^This link has been/);
});

test("Clio's limit says when to try again", () => {
  const limited = { code: "CLIO_RATE_LIMITED", message: "…", retryAt: "2026-03-12T14:43:00Z" };
  expect(userErrorWords(limited, { clock })).toBe("Clio’s limit is reached. Try again at 10:43 AM.");
  expect(userErrorWords(limited)).toBe("Clio’s limit is reached. Try again in a minute.");
  expect(retryWords("2026-03-13T04:10:00Z", clock)).toBe("Try again tomorrow, 12:10 AM.");
  expect(retryWords(null, clock)).toBe("Try again in a minute.");
});

test("a form says how much there is to put right", () => {
  expect(thingsToPutRight(1)).toBe("There is 1 thing to put right");
  expect(thingsToPutRight(2)).toBe("There are 2 things to put right");
});
