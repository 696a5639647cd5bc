import type { WatchesSearch } from "@/addresses.ts";
import { watchSearchId } from "@/app/TopBar.tsx";
import { caseTypeWords, priorityWords } from "@/format/words/fields.ts";
import { Button } from "@/ui/Button.tsx";
import { CloseIcon } from "@/ui/icons.ts";
import styles from "./list.module.css";

type Change = { [Key in keyof WatchesSearch]?: WatchesSearch[Key] | undefined };

interface ChosenFiltersProps {
  search: WatchesSearch;
  onChange: (change: Change) => void;
}

interface Chosen {
  key: string;
  kind: string;
  words: string;
  without: Change;
}

/** The filters that are set, each with the button that removes it. */
export function ChosenFilters({ search, onChange }: ChosenFiltersProps) {
  const chosen = chosenOf(search);
  if (chosen.length === 0) return null;
  const none = { case: undefined, attorney: undefined, priority: undefined, tag: undefined };
  const clear = (change: Change) => {
    document.getElementById(watchSearchId)?.focus();
    onChange(change);
  };
  return (
    <ul className={styles.chosen} aria-label="Chosen filters">
      {chosen.map(({ key, kind, words, without }) => (
        <li key={key}>
          <Button
            isSmall
            iconAfter={CloseIcon}
            aria-label={`Remove filter ${kind}: ${words}`}
            onClick={(event) => {
              focusNeighbor(event.currentTarget);
              onChange(without);
            }}
          >
            <span className={styles.chosenWords}>
              {kind}: {words}
            </span>
          </Button>
        </li>
      ))}
      {chosen.length > 1 && (
        <li>
          <Button look="quiet" isSmall onClick={() => clear(none)}>
            Clear filters
          </Button>
        </li>
      )}
    </ul>
  );
}

function chosenOf(search: WatchesSearch): Chosen[] {
  const several = (name: "case" | "priority" | "tag", kind: string, words: (value: string) => string) =>
    (search[name] ?? []).map((value) => ({
      key: `${name} ${value}`,
      kind,
      words: words(value),
      without: { [name]: search[name]?.filter((each) => each !== value) },
    }));
  const attorney = search.attorney
    ? [{ key: "attorney", kind: "Attorney", words: search.attorney, without: { attorney: undefined } }]
    : [];
  return [
    ...several("case", "Case type", caseTypeWords),
    ...attorney,
    ...several("priority", "Priority", priorityWords),
    ...several("tag", "Tag", (tag) => tag),
  ];
}

/** Keeps the focus near a button that is about to go. */
function focusNeighbor(button: HTMLElement) {
  const item = button.closest("li");
  const next = item?.nextElementSibling ?? item?.previousElementSibling;
  const inList = next?.querySelector<HTMLElement>("button");
  (inList ?? document.getElementById(watchSearchId))?.focus();
}
