import { watches } from "@/format/counts.ts";
import { groupResults } from "@/format/groups.ts";
import { Card } from "@/ui/Card.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { hasEnded, type Result, type Run } from "./fragments.ts";
import { FoldedGroup, OpenGroup } from "./ResultGroups.tsx";
import styles from "./run.module.css";

interface ResultsProps {
  run: Run;
  results: readonly Result[];
  onUndo: (result: Result) => void;
}

/** All results of a run, each watch once: what needs attention open, the rest folded. */
export function Results({ run, results, onUndo }: ResultsProps) {
  const groups = groupResults(results, { live: !hasEnded(run), preview: run.dryRun });
  const grave = groups.filter((each) => each.needsAttention);
  const rest = groups.filter((each) => !each.needsAttention);
  const undo = run.canUndo ? onUndo : undefined;
  if (results.length === 0) {
    if (!hasEnded(run) || run.counts.processed === 0) return null;
    return (
      <Card>
        <Empty title="Results of old syncs are not kept." />
      </Card>
    );
  }
  return (
    <>
      {grave.length > 0 && (
        <Card title={<Heading words="Needs attention" groups={grave} />}>
          <div className={styles.isFirst}>
            {grave.map((each) => (
              <OpenGroup key={each.key} group={each} run={run} onUndo={undo} />
            ))}
          </div>
        </Card>
      )}
      {rest.length > 0 && (
        <Card title={<Heading words={grave.length > 0 ? "The rest" : "Nothing needs attention"} groups={rest} />}>
          <div className={styles.isFirst}>
            {rest.map((each) => (
              <FoldedGroup key={each.key} group={each} run={run} onUndo={undo} />
            ))}
          </div>
        </Card>
      )}
    </>
  );
}

function Heading({ words, groups }: { words: string; groups: readonly { results: readonly unknown[] }[] }) {
  const size = groups.reduce((sum, each) => sum + each.results.length, 0);
  return (
    <>
      {words} <span className={styles.number}>{watches(size)}</span>
    </>
  );
}
