import { useEffect, useRef } from "react";
import { listed } from "@/format/text.ts";
import { Radio } from "@/ui/choices.tsx";
import { EmptyValue } from "@/ui/EmptyValue.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { WarningIcon } from "@/ui/icons.ts";
import { type Clash, type Side, unchosen } from "./clash.ts";
import styles from "./form.module.css";
import type { FormField, Values } from "./values.ts";
import { labelOf, valueWords } from "./words.ts";

interface ClashNoteProps {
  clash: Clash;
  onChoose: (field: FormField, side: Side) => void;
}

/** The id of the choice for a field, for the links of the error summary. */
export function choiceId(field: FormField): string {
  return `choose-${field}`;
}

/** What somebody else saved while one was typing: both values of each field that both changed, to choose from. */
export function ClashNote({ clash, onChoose }: ClashNoteProps) {
  const ref = useRef<HTMLElement>(null);
  const { mine, theirs } = clash;
  useEffect(() => {
    // Each time that somebody else was first.
    if (mine && theirs) ref.current?.focus();
  }, [mine, theirs]);
  const isChosen = unchosen(clash).length === 0;
  return (
    <section ref={ref} className={styles.clash} tabIndex={-1} aria-labelledby="clash-title">
      <h2 id="clash-title">
        <Icon of={WarningIcon} />
        This watch was changed while you were typing
      </h2>
      <p>
        Nothing was saved, and nothing that you typed is lost.{" "}
        {clash.both.length > 0 ? "Choose for each field, then save again." : "Look at what is new, then save again."}
      </p>
      {clash.both.map((field) => (
        <fieldset key={field} id={choiceId(field)} className={styles.choice}>
          <legend>{labelOf(field)}</legend>
          <SideChoice {...{ field, clash, onChoose }} side="mine" label="Yours" />
          <SideChoice {...{ field, clash, onChoose }} side="theirs" label="Saved meanwhile" />
        </fieldset>
      ))}
      {clash.onlyTheirs.length > 0 && (
        <p>
          Also changed, where you had typed nothing:{" "}
          {listed(clash.onlyTheirs.map((field) => `${labelOf(field)}, now ${shown(field, theirs)}`))}.
        </p>
      )}
      {isChosen && clash.both.length > 0 && <p>All chosen. Save to keep it so.</p>}
    </section>
  );
}

function shown(field: FormField, values: Values): string {
  return valueWords(field, values) || "empty";
}

interface SideChoiceProps extends ClashNoteProps {
  field: FormField;
  side: Side;
  label: string;
}

function SideChoice({ field, side, label, clash, onChoose }: SideChoiceProps) {
  const words = valueWords(field, clash[side]);
  return (
    <Radio
      name={choiceId(field)}
      label={words ? <span className={styles.sideValue}>{words}</span> : <EmptyValue />}
      hint={label}
      checked={clash.chosen[field] === side}
      onChange={() => onChoose(field, side)}
    />
  );
}
