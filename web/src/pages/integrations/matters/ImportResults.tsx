import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { type FragmentOf, graphql, readFragment } from "@/api/graphql.ts";
import { count } from "@/format/counts.ts";
import { lastFirst } from "@/format/names.ts";
import { importOutcomeWords } from "@/format/words/clio.ts";
import { Button, ButtonLink } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { Mark, type Tone } from "@/ui/Mark.tsx";
import styles from "./matters.module.css";
import { TurnOnSync } from "./TurnOnSync.tsx";

export const ImportResultFields = graphql(`
  fragment ImportResult on ImportResult {
    matterId
    outcome
    message
    matter { id clientName displayNumber }
    watch { id firstName middleName lastName }
  }
`);

interface ImportResultsProps {
  results: readonly FragmentOf<typeof ImportResultFields>[];
  onImportMore: () => void;
  /** Whether the firm is being set up: the next step is offered. */
  isFirst: boolean;
}

/** How an import went, for each matter: problems first. */
export function ImportResults({ results: masked, onImportMore, isFirst }: ImportResultsProps) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const results = readFragment(ImportResultFields, masked);
  const imported = results.filter((each) => each.outcome === "IMPORTED").length;
  const sorted = [...results].sort((a, b) => Number(a.outcome === "IMPORTED") - Number(b.outcome === "IMPORTED"));
  return (
    <Card
      title={
        <span ref={head} tabIndex={-1}>
          {imported === results.length
            ? `${count(imported, "matter")} imported`
            : `${imported} of ${count(results.length, "matter")} imported`}
        </span>
      }
      actions={
        <>
          <Button onClick={onImportMore}>Import more</Button>
          <ButtonLink look="main" to="/watches">
            Open watches
          </ButtonLink>
        </>
      }
    >
      {isFirst && imported > 0 && (
        <div className={styles.next}>
          <TurnOnSync />
        </div>
      )}
      <ul className={styles.results}>
        {sorted.map((each) => (
          <li key={each.matterId}>
            <div>
              {each.watch ? (
                <Link to="/watches/$id" params={{ id: each.watch.id }}>
                  {lastFirst(each.watch)}
                </Link>
              ) : (
                <b>{each.matter?.clientName ?? each.matter?.displayNumber ?? `Matter ${each.matterId}`}</b>
              )}
              {each.matter?.displayNumber && <span className="mut"> {each.matter.displayNumber}</span>}
              {each.message && <div className="mut small">{each.message}</div>}
            </div>
            <Mark tone={toneOf(each.outcome)}>{importOutcomeWords(each.outcome, each.message)}</Mark>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function toneOf(outcome: string): Tone {
  if (outcome === "IMPORTED") return "ok";
  return outcome === "ALREADY_LINKED" ? "plain" : "attention";
}
