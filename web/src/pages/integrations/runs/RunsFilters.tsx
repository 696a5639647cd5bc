import { useNavigate } from "@tanstack/react-router";
import { ChoiceMenu } from "@/ui/Menu.tsx";
import { MenuButton } from "@/ui/MenuButton.tsx";
import type { RunsSearch } from "./query.ts";
import styles from "./runs.module.css";

const any = "any";

const filters = {
  trigger: {
    label: "Started by",
    choices: [
      { value: any, words: "Anybody" },
      { value: "manual", words: "A person" },
      { value: "schedule", words: "Schedule" },
      { value: "login", words: "Sign-in" },
    ],
  },
  status: {
    label: "Result",
    choices: [
      { value: any, words: "Any result" },
      { value: "queued", words: "Waiting to start" },
      { value: "running", words: "Syncing from Clio" },
      { value: "succeeded", words: "Done" },
      { value: "partial", words: "Partly done" },
      { value: "failed", words: "Failed" },
      { value: "canceled", words: "Stopped" },
    ],
  },
  kind: {
    label: "Kind",
    choices: [
      { value: any, words: "Syncs and previews" },
      { value: "sync", words: "Syncs" },
      { value: "preview", words: "Previews" },
    ],
  },
} as const;

/** Which syncs are listed. */
export function RunsFilters({ search }: { search: RunsSearch }) {
  const navigate = useNavigate();
  return (
    <div className={styles.filters}>
      {(Object.keys(filters) as (keyof typeof filters)[]).map((key) => {
        const { label, choices } = filters[key];
        const value = search[key] ?? any;
        const words = choices.find((each) => each.value === value)?.words;
        return (
          <ChoiceMenu
            key={key}
            label={label}
            choices={choices}
            chosen={[value]}
            onChoose={([chosen]) =>
              navigate({
                to: "/integrations/runs",
                search: { ...search, after: undefined, [key]: chosen === any ? undefined : chosen },
                replace: true,
              })
            }
            trigger={<MenuButton>{value === any ? label : `${label}: ${words}`}</MenuButton>}
          />
        );
      })}
    </div>
  );
}
