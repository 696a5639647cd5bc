import type { CombinedError } from "urql";

/** What a payload says that the caller can put right. */
export interface UserError {
  code: string;
  message: string;
  path?: string[] | null;
  retryAt?: string | null;
}

/** The codes of an answer's top-level errors. */
export function codes(error: CombinedError | undefined): string[] {
  return error?.graphQLErrors.map((each) => String(each.extensions?.code ?? "")) ?? [];
}

/** Reports whether an answer says that nobody is signed in. */
export function isUnauthenticated(error: CombinedError | undefined): boolean {
  return codes(error).includes("UNAUTHENTICATED");
}

/** Reports whether no answer came at all: the server can't be reached. */
export function isOffline(error: CombinedError | undefined): boolean {
  return Boolean(error?.networkError) && error?.response === undefined;
}

/** Why something could not be loaded or saved, in words. */
export function reasonOf(error: CombinedError): string {
  if (isOffline(error)) return "The server cannot be reached. Check the connection.";
  const found = codes(error);
  if (found.includes("CLIO_RATE_LIMITED")) return "Clio's limit is reached. Try again in a minute.";
  if (found.includes("CLIO_UNAVAILABLE")) return "Clio did not answer in time. The rest of Watchkeeper works.";
  if (found.includes("CLIO_NOT_CONNECTED")) return "Clio is not connected.";
  if (found.includes("RATE_LIMITED")) return "Too much was asked at once. Try again in a minute.";
  if (found.includes("FORBIDDEN")) return "Only administrators can see this.";
  return "Something went wrong here. Try again.";
}

/**
 * Where in a form each problem belongs: the argument's name, or "" for the form as a whole. `input.dateOfBirth` is at dateOfBirth. Top-level
 * BAD_USER_INPUT has a path that begins with the mutation's name.
 */
export function byField(userErrors: readonly UserError[], error?: CombinedError): Record<string, UserError> {
  const found: Record<string, UserError> = {};
  for (const each of userErrors) found[each.path?.at(-1) ?? ""] ??= each;
  for (const each of error?.graphQLErrors ?? []) {
    const code = String(each.extensions?.code ?? "");
    const field = code === "BAD_USER_INPUT" ? String(each.path?.at(-1) ?? "") : "";
    found[field] ??= { code, message: code === "BAD_USER_INPUT" ? each.message : reasonOf(error as CombinedError) };
  }
  if (error?.networkError) found[""] ??= { code: "", message: reasonOf(error) };
  return found;
}
