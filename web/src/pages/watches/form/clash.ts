import { changedFields, type FormField, isSame, type Values } from "./values.ts";

/** Whose value a field keeps, after two people edited it at once. */
export type Side = "mine" | "theirs";

/** What somebody else saved while one was typing. */
export interface Clash {
  /** Both values of each field that both changed. */
  mine: Values;
  theirs: Values;
  /** The fields that both changed to different values: for each somebody has to choose. */
  both: readonly FormField[];
  /** The fields that only the other changed: theirs are shown now. */
  onlyTheirs: readonly FormField[];
  chosen: Partial<Record<FormField, Side>>;
}

/** Compares what was typed with what was saved meanwhile; both began with start. */
export function clashOf(start: Values, mine: Values, theirs: Values): Clash {
  const changedThere = changedFields(start, theirs);
  const changedHere = changedFields(start, mine);
  const both = changedThere.filter((each) => changedHere.includes(each) && !isSame(each, mine, theirs));
  const onlyTheirs = changedThere.filter((each) => !changedHere.includes(each));
  return { mine, theirs, both, onlyTheirs, chosen: {} };
}

function take(values: Values, fields: readonly FormField[], from: Values): Values {
  return { ...values, ...Object.fromEntries(fields.map((each) => [each, from[each]])) };
}

/** What the form holds after a clash: what was typed, and the other's values where nothing was typed. */
export function mergedValues({ mine, theirs, onlyTheirs }: Clash): Values {
  return take(mine, onlyTheirs, theirs);
}

/** Puts the value of one side into the form. The other stays in the clash, so that the choice can be changed. */
export function choose(clash: Clash, values: Values, field: FormField, side: Side): { clash: Clash; values: Values } {
  return {
    clash: { ...clash, chosen: { ...clash.chosen, [field]: side } },
    values: take(values, [field], clash[side]),
  };
}

/** The fields for which nobody has chosen yet. */
export function unchosen(clash: Clash | undefined): readonly FormField[] {
  return clash?.both.filter((each) => clash.chosen[each] === undefined) ?? [];
}
