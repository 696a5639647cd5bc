import { type Clock, timeInSentence } from "@/format/dates.ts";
import { capitalized, sentence } from "@/format/text.ts";
import { wordsFor } from "@/format/words/lookup.ts";

/** A problem that the caller can put right, as the API's userErrors have it. */
export interface InputProblem {
  code: string;
  message: string;
  path?: readonly string[] | null;
  retryAt?: string | null;
}

/** What is known where the problem is shown. */
export interface InputContext {
  /** What was entered in the field. */
  value?: string;
  /** The field's label on the page, where it isn't the usual one. */
  label?: string;
  /** The clock for the time to try again. */
  clock?: Clock;
}

/** Each argument's label in a form, and what to enter where it is empty. */
const fields: Record<string, readonly [label: string, toEnter: string]> = {
  firstName: ["First name", "a first name"],
  middleName: ["Middle name", "a middle name"],
  lastName: ["Last name", "a last name"],
  dateOfBirth: ["Date of birth", "a date of birth"],
  city: ["City", "a city"],
  state: ["State", "a state"],
  caseNumber: ["Case number", "a case number"],
  assignedTo: ["Assigned to", "a name"],
  caseType: ["Case type", "a case type"],
  dateOfInterest: ["Date of interest", "a date of interest"],
  internalNotes: ["Notes", "notes"],
  tags: ["Tags", "tags"],
  priorityLevel: ["Priority", "a priority"],
  name: ["Name", "a name"],
  firmName: ["Firm", "the firm’s name"],
  email: ["E-mail", "an e-mail address"],
  password: ["Password", "a password"],
  currentPassword: ["Password until now", "the password until now"],
  newPassword: ["New password", "a new password"],
  role: ["Role", "a role"],
  access: ["Access", "an access"],
  expiresAt: ["Expires", "a date"],
  timeOfDay: ["Time", "a time"],
  timeZone: ["Time zone", "a time zone"],
};

const codes: Record<string, string> = {
  NOT_FOUND: "This does not exist, or is not your firm’s.",
  ALREADY_EXISTS: "This exists already.",
  INVALID_CREDENTIALS: "E-mail or password is wrong.",
  CONFLICT: "Somebody changed this first. Nothing was changed.",
  ARCHIVED: "The watch is archived. Unarchive it first.",
  NOT_LINKED: "The watch is not linked to Clio.",
  NOT_UNDOABLE: "This sync cannot be undone.",
  CLIO_NOT_CONFIGURED: "Clio is not set up on this server. Whoever runs it has to enter Clio’s keys.",
  CLIO_NOT_CONNECTED: "Clio is not connected.",
  CLIO_UNAVAILABLE: "Clio did not answer. Nothing was changed.",
};

/** What to put right, in the words of the page (UserErrorCode): "Enter a first name." */
export function userErrorWords(problem: InputProblem, context: InputContext = {}): string {
  const field = problem.path?.at(-1) ?? "";
  if (field === "token" && problem.code !== "NOT_FOUND") return problem.message;
  if (field === "token") return "This link has been used or is over 7 days old. Ask for a new one.";
  if (problem.code === "INVALID") return invalidWords(field, problem.message, context);
  if (problem.code === "CLIO_RATE_LIMITED")
    return `Clio’s limit is reached. ${retryWords(problem.retryAt, context.clock)}`;
  if (problem.code === "ALREADY_EXISTS" && field === "email")
    return "There is an account with this e-mail address already.";
  if (problem.code === "INVALID_CREDENTIALS" && field === "currentPassword") return "The password is wrong.";
  return wordsFor(codes, problem.code, problem.message);
}

/** When to try again: "Try again at 10:43 AM." */
export function retryWords(retryAt: string | null | undefined, clock: Clock | undefined): string {
  if (!retryAt || !clock) return "Try again in a minute.";
  const time = timeInSentence(retryAt, clock);
  return `Try again ${/^\d/.test(time) ? `at ${time}` : time}.`;
}

/** How many things a form has to put right: "There are 2 things to put right". */
export function thingsToPutRight(count: number): string {
  return count === 1 ? "There is 1 thing to put right" : `There are ${count} things to put right`;
}

function invalidWords(field: string, message: string, context: InputContext): string {
  const known = Object.hasOwn(fields, field) ? fields[field] : undefined;
  const [usualLabel, toEnter] = known ?? [field, ""];
  const label = context.label ?? usualLabel;
  const isEmpty = context.value === undefined ? /can't be empty/.test(message) : context.value.trim() === "";
  if (toEnter && isEmpty) return `Enter ${toEnter}.`;
  if (field === "email") return "Enter an e-mail address, such as name@example.com.";
  if (field === "password" || field === "newPassword") return `${label} must have 8 to 200 characters.`;
  if (/in the future\.?$/.test(message) && field === "dateOfBirth") return `${label} must be in the past.`;
  const rest = field && message.startsWith(`${field} `) ? `${label}${message.slice(field.length)}` : message;
  return sentence(
    capitalized(rest || (label ? `${label} cannot be used` : "This cannot be used")).replaceAll("'", "’"),
  );
}
