import { Link } from "@tanstack/react-router";
import { Fragment, useId, useState } from "react";
import { count, runLine } from "@/format/counts.ts";
import { dateTimeWithWeekday } from "@/format/dates.ts";
import type { Round } from "@/format/rounds.ts";
import { roundRemarks } from "@/format/roundWords.ts";
import { problemWords } from "@/format/words/runs.ts";
import { useClock } from "@/session/clock.ts";
import { Time } from "@/session/Time.tsx";
import { Button } from "@/ui/Button.tsx";
import { classes } from "@/ui/classes.ts";
import { ConflictIcon, DownIcon, IdentityIcon, UpIcon } from "@/ui/icons.ts";
import { Mark } from "@/ui/Mark.tsx";
import table from "@/ui/table.module.css";
import type { Run } from "../run/fragments.ts";
import { RunMark, StateMark } from "../run/StateMark.tsx";
import styles from "./runs.module.css";

/** Past syncs, a line for each round. A round of several runs unfolds to them. */
export function RoundsTable({ rounds, label }: { rounds: readonly Round<Run>[]; label: string }) {
  return (
    <table className={classes(table.table, table.stacked, styles.past)} aria-label={label}>
      <thead className="vh">
        <tr>
          <th scope="col">When and who</th>
          <th scope="col">Result</th>
          <th scope="col">What happened</th>
          <th scope="col">Needs a look</th>
        </tr>
      </thead>
      <tbody>
        {rounds.map((each) => (
          <RoundRows key={each.id} round={each} />
        ))}
      </tbody>
    </table>
  );
}

function RoundRows({ round }: { round: Round<Run> }) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const clock = useClock();
  const { runs, last } = round;
  return (
    <Fragment>
      <tr>
        <td>
          <Link className={table.name} to="/integrations/runs/$id" params={{ id: last.id }}>
            <Time at={last.createdAt} as={dateTimeWithWeekday} />
          </Link>
          <span className={styles.subject}>{round.subject}</span>
        </td>
        <td>
          <StateMark state={round.state} words={round.stateWords} />
        </td>
        <td className={styles.line}>
          {round.line}
          {runs.length > 1 && (
            <Button
              look="link"
              className={styles.more}
              aria-expanded={isOpen}
              aria-controls={id}
              iconAfter={isOpen ? UpIcon : DownIcon}
              onClick={() => setIsOpen(!isOpen)}
            >
              {count(runs.length, "run")}
            </Button>
          )}
        </td>
        <td>
          <span className={styles.remarks}>
            {roundRemarks(round, clock).map(({ kind, words }) =>
              kind === "identity" || kind === "conflicts" ? (
                <Mark key={kind} tone="attention" icon={kind === "identity" ? IdentityIcon : ConflictIcon}>
                  {words}
                </Mark>
              ) : (
                <span key={kind} className="mut">
                  {words}
                </span>
              ),
            )}
          </span>
        </td>
      </tr>
      {isOpen && runs.map((each, at) => <RunRow key={each.id} run={each} {...(at === 0 && { id })} />)}
    </Fragment>
  );
}

function RunRow({ run, id }: { run: Run; id?: string }) {
  return (
    <tr id={id} className={styles.part}>
      <td>
        <Link to="/integrations/runs/$id" params={{ id: run.id }}>
          <Time at={run.createdAt} as={dateTimeWithWeekday} />
        </Link>
      </td>
      <td>
        <RunMark run={run} />
      </td>
      <td className={styles.line}>{runLine(run.counts, run.dryRun)}</td>
      <td className="mut">
        {(run.problemCode || run.problem) &&
          problemWords(run.problemCode ?? "", { status: run.status, message: run.problem })}
      </td>
    </tr>
  );
}
