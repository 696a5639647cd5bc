import { Link } from "@tanstack/react-router";
import { dayInSentence } from "@/format/dates.ts";
import type { GroupKey } from "@/format/groupWords.ts";
import { isChanged } from "@/format/identity.ts";
import { lastFirst, listName } from "@/format/names.ts";
import { fieldText } from "@/format/values.ts";
import { decisionReason } from "@/format/words/decisions.ts";
import { fieldLabel } from "@/format/words/fields.ts";
import { useStatus } from "@/session/status.ts";
import { Time } from "@/session/Time.tsx";
import { Actions } from "@/ui/Actions.tsx";
import { Button, ButtonLink, ExternalButtonLink } from "@/ui/Button.tsx";
import { Changed } from "@/ui/Changed.tsx";
import { ExternalIcon } from "@/ui/icons.ts";
import table from "@/ui/table.module.css";
import type { Result, Run } from "./fragments.ts";
import styles from "./run.module.css";

// Groups whose sentence says what the API's message says.
const explained: readonly GroupKey[] = ["identity", "conflict", "clientChanged", "missing"];

interface ResultRowProps {
  result: Result;
  group: GroupKey;
  run: Run;
  onUndo?: ((result: Result) => void) | undefined;
}

/** What a run did with one watch: field by field, and what can be done about it. */
export function ResultRow({ result, group, run, onUndo }: ResultRowProps) {
  const { watch } = result;
  return (
    <li>
      <div className={styles.who}>
        {watch ? <WatchName watch={watch} /> : <b>Watch deleted</b>}
        {watch?.caseNumber && <span className={styles.case}>{watch.caseNumber}</span>}
      </div>
      <div>
        <Fields result={result} group={group} preview={run.dryRun} />
        {result.message && !explained.includes(group) && <p className={styles.message}>{result.message}</p>}
        {group === "missing" && watch?.lastSyncedAt && (
          <p className={styles.message}>
            Last found <Time at={watch.lastSyncedAt} as={dayInSentence} />
          </p>
        )}
      </div>
      <RowActions result={result} group={group} run={run} onUndo={onUndo} />
    </li>
  );
}

function WatchName({ watch }: { watch: NonNullable<Result["watch"]> }) {
  const { last, rest } = listName(watch);
  return (
    <Link className={table.name} to="/watches/$id" params={{ id: watch.id }}>
      {last}, <span>{rest}</span>
    </Link>
  );
}

function Fields({ result, group, preview }: { result: Result; group: GroupKey; preview: boolean }) {
  const { clioUserName = null } = useStatus()?.clioIntegration ?? {};
  const shown = result.fields.filter((each) => !["SAME", "EMPTY_IN_CLIO", "HELD"].includes(each.decision));
  const client = result.watch?.clioLink;
  return (
    <dl className={styles.fields}>
      {group === "clientChanged" && client?.newClientName && (
        <div>
          <dt>Client in Clio</dt>
          <dd>
            <Changed before={client.clientName} after={client.newClientName} />
          </dd>
        </div>
      )}
      {shown.map((each) => (
        <div key={each.field}>
          <dt>{fieldLabel(each.field)}</dt>
          <dd>
            {isChanged(each) ? (
              <Changed before={fieldText(each.field, each.before)} after={fieldText(each.field, each.after)} />
            ) : ["CONFLICT", "KEPT_LOCAL"].includes(each.decision) ? (
              <>
                Ours <b>{fieldText(each.field, each.before) || "empty"}</b>, Clio’s{" "}
                <b>{fieldText(each.field, each.clio) || "empty"}</b>
              </>
            ) : (
              decisionReason(each, { clioUserName, preview })
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function RowActions({ result, group, run, onUndo }: ResultRowProps) {
  const { watch } = result;
  if (!watch || run.dryRun) return <span />;
  const name = lastFirst(watch);
  const changed = result.fields.filter(isChanged);
  return (
    <Actions>
      {group === "conflict" && (
        <ButtonLink isSmall to="/integrations/conflicts" search={{ watch: watch.id }} aria-label={`Decide on ${name}`}>
          Decide
        </ButtonLink>
      )}
      {group === "clientChanged" && (
        <ButtonLink isSmall to="/watches/$id" params={{ id: watch.id }} aria-label={`Decide… on ${name}`}>
          Decide…
        </ButtonLink>
      )}
      {group === "missing" && watch.clioLink && (
        <ExternalButtonLink isSmall href={watch.clioLink.url} iconAfter={ExternalIcon}>
          Open in Clio
        </ExternalButtonLink>
      )}
      {onUndo && changed.length > 0 && (
        <Button isSmall onClick={() => onUndo(result)} aria-label={`${undoWords(changed)}: ${name}`}>
          {undoWords(changed)}
        </Button>
      )}
    </Actions>
  );
}

/** "Put back Catherine" where one field had a value before, else "Undo 2 fields". */
function undoWords(changed: Result["fields"]): string {
  const [first, ...more] = changed;
  const before = first && fieldText(first.field, first.before);
  if (more.length > 0) return `Undo ${changed.length} fields`;
  return before ? `Put back ${before}` : "Undo 1 field";
}
