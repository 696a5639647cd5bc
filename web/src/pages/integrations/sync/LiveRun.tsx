import { graphql } from "@/api/graphql.ts";
import { number, runSum, watches } from "@/format/counts.ts";
import { dateTimeInSentence, timeInSentence } from "@/format/dates.ts";
import { groupResults } from "@/format/groups.ts";
import { runStateWords } from "@/format/words/runs.ts";
import { useClock } from "@/session/clock.ts";
import { useForm } from "@/session/form.ts";
import { Time } from "@/session/Time.tsx";
import { useViewer } from "@/session/viewer.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, CardBody } from "@/ui/Card.tsx";
import { StopIcon } from "@/ui/icons.ts";
import { Note } from "@/ui/Note.tsx";
import { type Result, type Run, RunFields } from "../run/fragments.ts";
import { FoldedGroup, OpenGroup } from "../run/ResultGroups.tsx";
import { Sum } from "../run/Sum.tsx";
import styles from "./sync.module.css";

const Stop = graphql(
  `
    mutation StopSync($id: ID!) {
      cancelSyncRun(id: $id) {
        run { ...Run }
        userErrors { code message path }
      }
    }
  `,
  [RunFields],
);

interface LiveRunProps {
  run: Run;
  results: readonly Result[];
  /** Whether it had begun already when this user wanted to start one. */
  isJoined: boolean;
}

/** A run that goes on: how far it is, and its results as they come. */
export function LiveRun({ run, results, isJoined }: LiveRunProps) {
  const clock = useClock();
  const { submit, errors, isBusy } = useForm(Stop, (data) => data.cancelSyncRun);
  const problem = Object.values(errors)[0];
  const groups = groupResults(results, { live: true, preview: run.dryRun });
  const title = run.waitingUntil
    ? `Waiting for Clio until ${timeInSentence(run.waitingUntil, clock)}`
    : runStateWords(run);
  return (
    <Card
      className={styles.live}
      title={title}
      actions={
        <Button
          icon={StopIcon}
          isBusy={isBusy}
          busyText="Stopping…"
          onClick={() => submit({ id: run.id })}
          aria-describedby="stop-hint"
        >
          Stop this sync
        </Button>
      }
    >
      <CardBody className={styles.progress}>
        {isJoined && <Joined run={run} />}
        <p className="mut">
          {run.waitingUntil ? "Clio limits how often it can be asked. It goes on by itself." : <Progress run={run} />}
        </p>
        <Sum run={run} />
        {run.remaining > 0 && (
          <p className="mut">
            This sync takes the {number(run.counts.selected)} watches that have waited longest. {number(run.remaining)}{" "}
            {run.remaining === 1 ? "waits" : "wait"} for the next.
          </p>
        )}
        <p className="mut small" id="stop-hint">
          {run.dryRun ? "A preview changes nothing." : "After a stop, what is written stays, and can be undone."}
        </p>
        {problem && (
          <Note tone="danger" role="alert" title="The sync was not stopped.">
            {problem}
          </Note>
        )}
      </CardBody>
      {groups.map((each) =>
        each.needsAttention ? (
          <OpenGroup key={each.key} group={each} run={run} />
        ) : (
          <FoldedGroup key={each.key} group={each} run={run} />
        ),
      )}
    </Card>
  );
}

function Joined({ run }: { run: Run }) {
  const { userId } = useViewer();
  const { requestedBy } = run;
  const who = !requestedBy ? "The schedule" : requestedBy.id === userId ? "You" : requestedBy.name;
  return <Note role="status" title={`${who} had started one. Here it is.`} />;
}

function Progress({ run }: { run: Run }) {
  const { userId } = useViewer();
  const { processed, selected } = runSum(run.counts);
  const by = run.requestedBy?.id === userId ? "you" : (run.requestedBy?.name ?? "the schedule");
  return (
    <>
      {selected > 0 && `${number(processed)} of ${watches(selected)} looked at. `}
      Started by {by} <Time at={run.createdAt} as={startedAt} />.
    </>
  );
}

const startedAt: typeof timeInSentence = (at, clock) => {
  const time = timeInSentence(at, clock);
  return /^\d/.test(time) ? `at ${time}` : dateTimeInSentence(at, clock);
};
