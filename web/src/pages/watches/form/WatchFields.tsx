import { type ReactNode, useId } from "react";
import { useQuery } from "urql";
import { stateCodes, stateName } from "@/format/states.ts";
import { caseTypes, caseTypeWords, priorityLevels, priorityWords } from "@/format/words/fields.ts";
import { Card, CardBody } from "@/ui/Card.tsx";
import { DateField } from "@/ui/DateField.tsx";
import { SelectField, TextArea, TextField } from "@/ui/inputs.tsx";
import styles from "./form.module.css";
import { SuggestionsQuery } from "./query.ts";
import { TagsField } from "./TagsField.tsx";
import type { WatchFormState } from "./useWatchForm.ts";
import type { TextField as Field } from "./values.ts";
import { labelOf } from "./words.ts";

const neverSynced = "Only here. Never synced.";

interface WatchFieldsProps {
  form: WatchFormState;
  /** What to say below a field of what Clio has. */
  hintOf: (field: Field, value: string) => string | undefined;
  /** Whether Clio refreshes some of the fields. */
  isLinked: boolean;
}

/** The fields of a watch, in the cards of its page. */
export function WatchFields({ form, hintOf, isLinked }: WatchFieldsProps) {
  const [{ data }] = useQuery({ query: SuggestionsQuery });
  const states = useId();
  const names = useId();
  const common = (id: Field) => {
    const { [id]: value } = form.values;
    const hint = hintOf(id, value);
    const error = form.errors[id];
    return { id, label: labelOf(id), value, ...(hint && { hint }), ...(error && { error }) };
  };
  const input = (id: Field) => ({
    ...common(id),
    onChange: (event: { target: { value: string } }) => form.set(id, event.target.value),
  });
  const date = (id: Field) => ({ ...common(id), onChange: (value: string) => form.set(id, value) });
  return (
    <>
      <Fields title="Person">
        <Part size="third">
          <TextField {...input("firstName")} maxLength={200} aria-required />
        </Part>
        <Part size="third">
          <TextField {...input("middleName")} {...(isLinked && { hint: neverSynced })} maxLength={200} />
        </Part>
        <Part size="third">
          <TextField {...input("lastName")} maxLength={200} aria-required />
        </Part>
        <Part size="third">
          <DateField {...date("dateOfBirth")} />
        </Part>
        <Part size="third">
          <TextField {...input("city")} maxLength={200} />
        </Part>
        <Part size="third">
          <TextField {...input("state")} list={states} maxLength={200} />
          <datalist id={states}>
            {stateCodes.map((code) => (
              <option key={code} value={code} label={stateName(code)} />
            ))}
          </datalist>
        </Part>
      </Fields>
      <Fields title="Matter">
        <Part size="half">
          <TextField {...input("caseNumber")} maxLength={200} spellCheck={false} />
        </Part>
        <Part size="half">
          <Choice {...input("caseType")} values={caseTypes} words={caseTypeWords} none="None" />
        </Part>
        <Part size="half">
          <TextField {...input("assignedTo")} list={names} maxLength={200} />
          <datalist id={names}>
            {data?.watchFacets?.assignedTo.map(({ value }) => (
              <option key={value} value={value} />
            ))}
          </datalist>
        </Part>
        <Part size="half">
          <DateField {...date("dateOfInterest")} />
        </Part>
      </Fields>
      <Fields title="Only in Watchkeeper">
        <Part size="half">
          <Choice {...input("priorityLevel")} values={priorityLevels} words={priorityWords} />
        </Part>
        <Part size="half">
          <TagsField
            id="tags"
            hint={`Press Enter after each.${isLinked ? ` ${neverSynced}` : ""}`}
            tags={form.values.tags}
            onChange={form.setTags}
            typed={form.typedTag}
            onType={form.setTypedTag}
            suggestions={data?.watchFacets?.tags.map(({ value }) => value) ?? []}
            error={form.errors.tags}
          />
        </Part>
        <TextArea {...input("internalNotes")} rows={5} maxLength={20_000} />
      </Fields>
    </>
  );
}

function Fields({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card title={title}>
      <CardBody>
        <div className={styles.fields}>{children}</div>
      </CardBody>
    </Card>
  );
}

function Part({ size, children }: { size: "half" | "third"; children: ReactNode }) {
  return <div className={styles[size]}>{children}</div>;
}

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  hint?: string;
  error?: string;
  onChange: (event: { target: { value: string } }) => void;
  values: readonly string[];
  words: (value: string) => string;
  /** The words for no value, where there may be none. */
  none?: string;
}

/** A choice of one value, with the current one even where this version doesn't know it. */
function Choice({ values, words, none, ...field }: ChoiceProps) {
  const isKnown = field.value === "" || values.includes(field.value);
  return (
    <SelectField {...field}>
      {none && <option value="">{none}</option>}
      {(isKnown ? values : [...values, field.value]).map((each) => (
        <option key={each} value={each}>
          {words(each)}
        </option>
      ))}
    </SelectField>
  );
}
