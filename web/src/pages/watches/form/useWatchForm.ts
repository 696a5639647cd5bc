import { useState } from "react";
import { choiceId } from "./ClashNote.tsx";
import { type Clash, choose, clashOf, mergedValues, type Side, unchosen } from "./clash.ts";
import { isIncompleteDate } from "./dates.ts";
import { type Errors, missing } from "./errors.ts";
import { useLeaveGuard } from "./useLeaveGuard.ts";
import { changedFields, type FormField, type TextField, type Values, withTypedTag } from "./values.ts";
import { labelOf } from "./words.ts";

/** How saving went. */
export type Outcome =
  | { kind: "saved"; leave: () => void }
  | { kind: "refused"; errors: Errors }
  /** Somebody else saved first: these are the values now. */
  | { kind: "clash"; theirs: Values };

/** Saves what differs from where the form began. */
export type Save = (start: Values, now: Values) => Promise<Outcome>;

/** The state of the form: what was typed stays until it is saved, whatever happens. */
export function useWatchForm(first: Values, save: Save) {
  const [start, setStart] = useState(first);
  const [values, setValues] = useState(first);
  const [typedTag, setTypedTag] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const [clash, setClash] = useState<Clash>();
  const [isBusy, setIsBusy] = useState(false);
  const now = withTypedTag(values, typedTag);
  const guard = useLeaveGuard(changedFields(start, now).length > 0);

  const meetClash = (theirs: Values) => {
    const found = clashOf(start, now, theirs);
    setClash(found);
    setStart(theirs);
    setValues(mergedValues(found));
    setTypedTag("");
    setErrors({});
  };
  const submit = async () => {
    if (isBusy) return;
    const wrong = { ...unchosenErrors(clash), ...missing(now, isIncompleteDate) };
    if (Object.keys(wrong).length > 0) return setErrors(wrong);
    setIsBusy(true);
    let outcome = await save(start, now);
    // A sync that changed nothing in the form, but the watch's link: there is nothing to look at.
    if (outcome.kind === "clash" && changedFields(start, outcome.theirs).length === 0) outcome = await save(start, now);
    setIsBusy(false);
    if (outcome.kind === "refused") return setErrors(outcome.errors);
    if (outcome.kind === "clash") return meetClash(outcome.theirs);
    guard.allow();
    outcome.leave();
  };
  return {
    values,
    set: (field: TextField, value: string) => setValues((before) => ({ ...before, [field]: value })),
    setTags: (tags: readonly string[]) => setValues((before) => ({ ...before, tags })),
    typedTag,
    setTypedTag,
    errors,
    clash,
    isBusy,
    guard,
    submit,
    choose: (field: FormField, side: Side) => {
      if (!clash) return;
      const chosen = choose(clash, values, field, side);
      setClash(chosen.clash);
      setValues(chosen.values);
    },
  };
}

export type WatchFormState = ReturnType<typeof useWatchForm>;

function unchosenErrors(clash: Clash | undefined): Errors {
  const entries = unchosen(clash).map((field) => [
    choiceId(field),
    `Choose a value for ${labelOf(field).toLowerCase()}.`,
  ]);
  return Object.fromEntries(entries);
}
