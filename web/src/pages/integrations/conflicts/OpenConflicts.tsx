import { useMemo, useRef, useState } from "react";
import { count, watches as watchCount } from "@/format/counts.ts";
import { Button, ButtonLink } from "@/ui/Button.tsx";
import { Card, CardFoot } from "@/ui/Card.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { RightIcon } from "@/ui/icons.ts";
import { announce } from "@/ui/LiveRegion.tsx";
import { Note } from "@/ui/Note.tsx";
import { StickyBar } from "@/ui/StickyBar.tsx";
import { ConflictRow } from "./ConflictRow.tsx";
import { ConflictsHead } from "./ConflictsHead.tsx";
import { type Choices, stillOpen, tally } from "./choices.ts";
import styles from "./conflicts.module.css";
import type { Conflict, Conflicts } from "./query.ts";
import { type Settled, useSettle } from "./useSettle.ts";
import { byWatch, WatchConflicts } from "./WatchConflicts.tsx";

/** The place of a conflict, which outlives its id. */
const placeOf = (conflict: Conflict) => `${conflict.watch.id} ${conflict.field}`;

/** The rows, the choices made on them, and how saving went. */
export function OpenConflicts({ found, isOfOneWatch }: { found: Conflicts; isOfOneWatch: boolean }) {
  const { nodes, totalCount, pageInfo } = found;
  const [chosen, setChosen] = useState<Choices>(new Map());
  const [moved, setMoved] = useState<ReadonlyMap<string, string>>(new Map()); // the id that was chosen, by the place
  const [settled, setSettled] = useState<Settled>();
  const form = useRef<HTMLFormElement>(null);
  const { save, isBusy } = useSettle();
  const choices = useMemo(
    () =>
      stillOpen(
        chosen,
        nodes.map((each) => each.id),
      ),
    [chosen, nodes],
  );
  const choose = (id: string, choice: "LOCAL" | "CLIO" | undefined) => {
    const next = new Map(choices);
    if (choice) next.set(id, choice);
    else next.delete(id);
    setChosen(next);
  };
  const chooseAll = (choice: "LOCAL" | "CLIO") => setChosen(new Map(nodes.map((each) => [each.id, choice])));
  const submit = async () => {
    if (isBusy || choices.size === 0) return;
    const places = new Map(nodes.map((each) => [each.id, placeOf(each)]));
    const result = await save(choices);
    const left = [...choices].filter(([id]) => !result.resolvedIds.includes(id));
    setMoved(new Map(left.map(([id]) => [places.get(id) ?? "", id])));
    setChosen(new Map(left));
    setSettled(result.settled);
    announce([result.settled.text, result.settled.problem].filter(Boolean).join(" "));
  };
  const { ours, clio } = tally(choices);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) form.current?.requestSubmit();
      }}
    >
      {settled && (
        <Note tone={settled.problem ? "danger" : "ok"} title={settled.text} className={styles.lead ?? ""}>
          {settled.problem}
        </Note>
      )}
      {nodes.length === 0 ? (
        <Card>
          <Empty title="No conflicts">
            When an edit made here and Clio disagree, you choose between them on this page.
          </Empty>
        </Card>
      ) : (
        <>
          <p className={styles.lead}>{leadOf(nodes, totalCount)}</p>
          <Card>
            <ConflictsHead count={nodes.length} isOfOneWatch={isOfOneWatch} onChooseAll={chooseAll} />
            {byWatch(nodes).map((conflicts) => (
              <WatchConflicts key={conflicts[0].watch.id} conflicts={conflicts}>
                {conflicts.map((each) => (
                  <ConflictRow
                    key={each.id}
                    conflict={each}
                    choice={choices.get(each.id)}
                    onChoose={(choice) => choose(each.id, choice)}
                    hasMoved={(moved.get(placeOf(each)) ?? each.id) !== each.id}
                  />
                ))}
              </WatchConflicts>
            ))}
            {pageInfo.hasNextPage && (
              <CardFoot>
                <span>The newest {nodes.length} are shown.</span>
                <ButtonLink
                  isSmall
                  to="/integrations/conflicts"
                  search={(search) => ({ ...search, after: pageInfo.endCursor ?? undefined })}
                  iconAfter={RightIcon}
                >
                  Older ones
                </ButtonLink>
              </CardFoot>
            )}
          </Card>
          {choices.size > 0 && (
            <StickyBar
              label="Your choices"
              title={`${choices.size} of ${nodes.length} chosen`}
              text={`Keep ours: ${ours}. Use Clio’s: ${clio}.`}
              actions={
                <>
                  <Button look="quiet" onClick={() => setChosen(new Map())}>
                    Clear
                  </Button>
                  <Button look="main" type="submit" isBusy={isBusy} busyText="Saving…">
                    Save {count(choices.size, "choice")}
                  </Button>
                </>
              }
            />
          )}
        </>
      )}
    </form>
  );
}

function leadOf(nodes: readonly Conflict[], total: number): string {
  const watches = new Set(nodes.map((each) => each.watch.id)).size;
  const where = total === nodes.length ? ` in ${watchCount(watches)}` : "";
  return `${count(total, "field")}${where} ${total === 1 ? "was" : "were"} edited here, and Clio says something else. Ours stays until you choose.`;
}
