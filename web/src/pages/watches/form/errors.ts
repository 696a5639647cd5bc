import type { CombinedError } from "urql";
import { byField, isUnauthenticated, type UserError } from "@/api/errors.ts";
import { type InputContext, userErrorWords } from "@/format/words/errors.ts";
import { formFields, type Values } from "./values.ts";

/** What is wrong, in words, by the id of the input; "" is about the form as a whole. */
export type Errors = Record<string, string>;

/** What an answer refuses, in words, by field. */
export function refusals(
  userErrors: readonly UserError[],
  error: CombinedError | undefined,
  values: Values,
  clock: NonNullable<InputContext["clock"]>,
): Errors {
  if (isUnauthenticated(error)) return { "": "You were signed out, so nothing was saved. Sign in, then save again." };
  const found: Errors = {};
  for (const [name, problem] of Object.entries(byField(userErrors, error))) {
    // A tag's problem may end in its place among the tags.
    const field = formFields.find((each) => each === name || problem.path?.includes(each)) ?? "";
    const value = field === "" || field === "tags" ? undefined : values[field];
    found[field] ??= userErrorWords(problem, value === undefined ? { clock } : { value, clock });
  }
  return found;
}

/** What can be seen to be wrong without asking: missing names, and dates of which a part is missing. */
export function missing(values: Values, isIncomplete: (field: "dateOfBirth" | "dateOfInterest") => boolean): Errors {
  const errors: Errors = {};
  if (values.firstName.trim() === "") errors.firstName = "Enter a first name.";
  if (values.lastName.trim() === "") errors.lastName = "Enter a last name.";
  if (isIncomplete("dateOfBirth")) errors.dateOfBirth = "Enter the whole date of birth: month, day and year.";
  if (isIncomplete("dateOfInterest")) errors.dateOfInterest = "Enter the whole date of interest: month, day and year.";
  return errors;
}
