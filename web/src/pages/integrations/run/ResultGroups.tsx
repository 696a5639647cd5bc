import type { LucideIcon } from "lucide-react";
import type { ResultGroup } from "@/format/groups.ts";
import type { GroupKey } from "@/format/groupWords.ts";
import { ButtonLink } from "@/ui/Button.tsx";
import { classes } from "@/ui/classes.ts";
import { Icon } from "@/ui/Icon.tsx";
import {
  CheckIcon,
  ClientChangedIcon,
  ConflictIcon,
  DownIcon,
  EditIcon,
  ErrorIcon,
  HiddenIcon,
  IdentityIcon,
  InfoIcon,
  MissingIcon,
  SameIcon,
  SyncIcon,
} from "@/ui/icons.ts";
import type { Result, Run } from "./fragments.ts";
import { ResultRow } from "./ResultRow.tsx";
import styles from "./run.module.css";

const icons: Record<GroupKey, LucideIcon> = {
  identity: IdentityIcon,
  conflict: ConflictIcon,
  clientChanged: ClientChangedIcon,
  missing: MissingIcon,
  failed: ErrorIcon,
  other: InfoIcon,
  replaced: EditIcon,
  incomparable: HiddenIcon,
  kept: EditIcon,
  updated: SyncIcon,
  unchanged: CheckIcon,
  skipped: SameIcon,
};

interface GroupProps {
  group: ResultGroup<Result>;
  run: Run;
  /** Offers to undo what the run did with one watch, where that can be. */
  onUndo?: ((result: Result) => void) | undefined;
}

/** Results that somebody should look at: shown open. */
export function OpenGroup({ group, run, onUndo }: GroupProps) {
  const isDanger = group.key === "missing" || group.key === "failed";
  return (
    <section className={styles.group}>
      <div className={styles.head}>
        <Icon of={icons[group.key]} className={classes(isDanger && styles.danger)} />
        <div>
          <h3>
            {group.heading} <span className={styles.number}>{group.size}</span>
          </h3>
          <p>{group.sentence}</p>
        </div>
        {group.key === "conflict" && !run.dryRun && (
          <ButtonLink isSmall to="/integrations/conflicts">
            Open in Conflicts
          </ButtonLink>
        )}
      </div>
      <Rows group={group} run={run} onUndo={onUndo} />
    </section>
  );
}

/** Results that need nobody: folded to a line. */
export function FoldedGroup({ group, run, onUndo }: GroupProps) {
  return (
    <details className={classes(styles.group, styles.fold)}>
      <summary>
        <Icon of={icons[group.key]} />
        <span>
          <b>{group.fold.strong}</b>
          {group.fold.rest}
        </span>
        <Icon of={DownIcon} />
      </summary>
      <Rows group={group} run={run} onUndo={onUndo} />
    </details>
  );
}

function Rows({ group, run, onUndo }: GroupProps) {
  return (
    <ul className={styles.rows}>
      {group.results.map((each) => (
        <ResultRow key={each.id} result={each} group={group.key} run={run} onUndo={onUndo} />
      ))}
    </ul>
  );
}
