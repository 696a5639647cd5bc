import { type KeyboardEvent, useId, useRef } from "react";
import { Button } from "@/ui/Button.tsx";
import { Field } from "@/ui/Field.tsx";
import { CloseIcon } from "@/ui/icons.ts";
import { announce } from "@/ui/LiveRegion.tsx";
import styles from "./form.module.css";
import { addTag, longestTag, mostTags } from "./tags.ts";

interface TagsFieldProps {
  id: string;
  tags: readonly string[];
  onChange: (tags: readonly string[]) => void;
  /** The tag that is being typed. */
  typed: string;
  onType: (typed: string) => void;
  /** Tags that the firm uses. */
  suggestions: readonly string[];
  hint: string;
  error?: string | undefined;
}

/** Tags, each with the button that removes it. Enter or a comma adds what is typed, ⌫ in the empty field takes back the last. */
export function TagsField({ id, tags, onChange, typed, onType, suggestions, hint, error }: TagsFieldProps) {
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
  const add = (text: string) => {
    const added = text.split(",").reduce(addTag, tags);
    onType("");
    if (added === tags) return;
    onChange(added);
    announce(`Added ${added.slice(tags.length).join(", ")}.`);
  };
  const remove = (tag: string) => {
    const at = tags.indexOf(tag);
    onChange(tags.filter((each) => each !== tag));
    announce(`Removed ${tag}.`);
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    (buttons[at + 1] ?? buttons[at - 1] ?? document.getElementById(id))?.focus();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.metaKey || event.ctrlKey) return;
    if (event.key === "Enter") {
      event.preventDefault(); // it would save the form
      add(typed);
    }
    const last = tags.at(-1);
    if (event.key === "Backspace" && typed === "" && last !== undefined) {
      event.preventDefault();
      onChange(tags.slice(0, -1));
      onType(last);
    }
  };
  return (
    <div>
      <Field id={id} label="Tags" hint={hint} error={error}>
        {(input) => (
          <input
            {...input}
            type="text"
            autoComplete="off"
            list={listId}
            maxLength={longestTag}
            value={typed}
            onChange={(event) => {
              const { value } = event.target;
              if (value.includes(",")) add(value);
              else onType(value);
            }}
            onKeyDown={press}
            onBlur={() => add(typed)}
          />
        )}
      </Field>
      <datalist id={listId}>
        {suggestions
          .filter((each) => !tags.includes(each))
          .map((each) => (
            <option key={each} value={each} />
          ))}
      </datalist>
      {tags.length > 0 && (
        <ul ref={list} className={styles.tags} aria-label="Tags of this watch">
          {tags.map((tag) => (
            <li key={tag}>
              <Button isSmall iconAfter={CloseIcon} aria-label={`Remove tag ${tag}`} onClick={() => remove(tag)}>
                <span className={styles.tag}>{tag}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {tags.length > mostTags && <p className="small">A watch has {mostTags} tags at most.</p>}
    </div>
  );
}
