import { useId, useState } from "react";
import { useQuery } from "urql";
import type { WatchesSearch } from "@/addresses.ts";
import { caseTypes, caseTypeWords, priorityLevels, priorityWords } from "@/format/words/fields.ts";
import { Button } from "@/ui/Button.tsx";
import { FilterIcon } from "@/ui/icons.ts";
import { ChoiceMenu, type MenuChoice } from "@/ui/Menu.tsx";
import { MenuButton } from "@/ui/MenuButton.tsx";
import styles from "./list.module.css";
import { FacetsQuery } from "./query.ts";
import { sortOf, type WatchSort } from "./search.ts";
import { sortNames } from "./words.ts";

type Change = { [Key in keyof WatchesSearch]?: WatchesSearch[Key] | undefined };

interface FiltersProps {
  search: WatchesSearch;
  onChange: (change: Change) => void;
  isPhone: boolean;
}

const caseTypeChoices = caseTypes.map((value) => ({ value, words: caseTypeWords(value) }));
const priorityChoices = [...priorityLevels].reverse().map((value) => ({ value, words: priorityWords(value) }));
const sortChoices = Object.entries(sortNames).map(([value, words]) => ({ value, words }));

/** What narrows the list, and on a phone its order. */
export function Filters({ search, onChange, isPhone }: FiltersProps) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  if (!isPhone) return <FilterMenus search={search} onChange={onChange} />;
  return (
    <>
      <Button
        className={styles.half}
        icon={FilterIcon}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        Filters
      </Button>
      <ChoiceMenu
        label="Order"
        trigger={<MenuButton>{sortNames[sortOf(search)]}</MenuButton>}
        choices={sortChoices}
        chosen={[sortOf(search)]}
        onChoose={([sort]) => sort && onChange({ sort: sort as WatchSort })}
      />
      <div id={id} className={styles.menus} hidden={!isOpen}>
        <FilterMenus search={search} onChange={onChange} />
      </div>
    </>
  );
}

function FilterMenus({ search, onChange }: { search: WatchesSearch; onChange: (change: Change) => void }) {
  const [{ data }] = useQuery({ query: FacetsQuery });
  const facets = data?.watchFacets;
  return (
    <>
      <ChoiceMenu
        label="Case type"
        trigger={<MenuButton>Case type</MenuButton>}
        choices={caseTypeChoices}
        chosen={search.case ?? []}
        onChoose={(chosen) => onChange({ case: chosen })}
        isMultiple
      />
      <ChoiceMenu
        label="Attorney"
        trigger={<MenuButton>Attorney</MenuButton>}
        choices={withChosen(facets?.assignedTo, search.attorney ? [search.attorney] : [])}
        chosen={search.attorney ? [search.attorney] : []}
        onChoose={([attorney]) => onChange({ attorney })}
      />
      <ChoiceMenu
        label="Priority"
        trigger={<MenuButton>Priority</MenuButton>}
        choices={priorityChoices}
        chosen={search.priority ?? []}
        onChoose={(chosen) => onChange({ priority: chosen })}
        isMultiple
      />
      <ChoiceMenu
        label="Tags"
        trigger={<MenuButton>Tags</MenuButton>}
        choices={withChosen(facets?.tags, search.tag ?? [])}
        chosen={search.tag ?? []}
        onChoose={(chosen) => onChange({ tag: chosen })}
        isMultiple
      />
    </>
  );
}

interface Facet {
  value: string;
  count: number;
}

/** What can be chosen, and what the address has chosen though nobody has it, so that it can be taken back. */
function withChosen(facets: readonly Facet[] | undefined, chosen: readonly string[]): MenuChoice[] {
  const found = (facets ?? []).map(({ value, count }) => ({ value, words: value, count }));
  const rest = chosen.filter((each) => !found.some(({ value }) => value === each));
  return [...rest.map((value) => ({ value, words: value })), ...found];
}
