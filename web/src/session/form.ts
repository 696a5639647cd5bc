import type { TadaDocumentNode } from "gql.tada";
import { useState } from "react";
import { type AnyVariables, useMutation } from "urql";
import { byField, type UserError } from "@/api/errors.ts";
import { userErrorWords } from "@/format/words/errors.ts";
import { useClock } from "./clock.ts";

interface Payload {
  userErrors: readonly UserError[];
}

/**
 * Sends a form's mutation. Its errors are in words, by the name of the argument that they are about, or by "" for the form as a whole.
 */
export function useForm<Data, Variables extends AnyVariables, Result extends Payload>(
  document: TadaDocumentNode<Data, Variables>,
  payloadOf: (data: Data) => Result | null | undefined,
) {
  const [{ fetching }, mutate] = useMutation<Data, Variables>(document);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const clock = useClock();
  /** Returns the payload if all went well. While it is being sent, it does nothing. */
  const submit = async (variables: Variables): Promise<Result | undefined> => {
    if (fetching) return undefined;
    const { data, error } = await mutate(variables);
    const payload = data ? payloadOf(data) : null;
    const found = Object.entries(byField(payload?.userErrors ?? [], error));
    setErrors(Object.fromEntries(found.map(([field, each]) => [field, userErrorWords(each, { clock })])));
    return found.length === 0 && payload ? payload : undefined;
  };
  return { submit, errors, isBusy: fetching, forget: () => setErrors({}) };
}

/** The entries of a form that are texts, by name. */
export function entered(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}
