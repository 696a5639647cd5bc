import { useQuery } from "urql";
import type { MattersSearch } from "@/addresses.ts";
import { graphql } from "@/api/graphql.ts";
import { ChoiceMenu } from "@/ui/Menu.tsx";
import { MenuButton } from "@/ui/MenuButton.tsx";
import { SearchBox } from "@/ui/SearchBox.tsx";
import styles from "./matters.module.css";

const AreasQuery = graphql(`
  query PracticeAreas {
    caseTypeMappings { id practiceAreaId practiceArea }
  }
`);

const any = "any";

const statuses = [
  { value: any, words: "Any status" },
  { value: "open", words: "Open" },
  { value: "pending", words: "Pending" },
  { value: "closed", words: "Closed" },
];

const imports = [
  { value: "no", words: "Not imported" },
  { value: "yes", words: "Imported" },
  { value: any, words: "Any" },
];

interface MattersFiltersProps {
  search: MattersSearch;
  onChange: (change: Partial<MattersSearch>) => void;
}

/** Search and filters above the matters. */
export function MattersFilters({ search, onChange }: MattersFiltersProps) {
  const [{ data }] = useQuery({ query: AreasQuery });
  const areas = [
    { value: any, words: "Any practice area" },
    ...(data?.caseTypeMappings ?? []).map((each) => ({
      value: each.practiceAreaId,
      words: each.practiceArea ?? `Practice area ${each.practiceAreaId}`,
    })),
  ];
  const status = search.status ?? (search.first ? "open" : any);
  const area = search.area ?? any;
  const imported = search.imported ?? "no";
  const set = (field: "status" | "area" | "imported") => (chosen: string[]) => {
    const value = chosen[0];
    const isDefault = value === undefined || value === (field === "imported" ? "no" : any);
    onChange({ [field]: isDefault ? undefined : value, ...(field === "status" && { first: undefined }) });
  };
  return (
    <div className={styles.bar}>
      <SearchBox
        text={search.q ?? ""}
        label="Search matters"
        placeholder="Client, matter number or description"
        onSearch={(q) => onChange({ q: q === "" ? undefined : q })}
      />
      <ChoiceMenu
        label="Status"
        choices={statuses}
        chosen={[status]}
        onChoose={set("status")}
        trigger={<MenuButton>{status === any ? "Status" : `Status: ${wordsOf(statuses, status)}`}</MenuButton>}
      />
      <ChoiceMenu
        label="Practice area"
        choices={areas}
        chosen={[area]}
        onChoose={set("area")}
        trigger={<MenuButton>{area === any ? "Practice area" : wordsOf(areas, area)}</MenuButton>}
      />
      <ChoiceMenu
        label="Imported"
        choices={imports}
        chosen={[imported]}
        onChoose={set("imported")}
        trigger={<MenuButton>Imported: {imported}</MenuButton>}
      />
    </div>
  );
}

function wordsOf(choices: readonly { value: string; words: string }[], value: string): string {
  return choices.find((each) => each.value === value)?.words ?? value;
}
