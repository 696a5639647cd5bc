import { Link } from "@tanstack/react-router";
import type { KeyboardEvent } from "react";
import { type FragmentOf, graphql, readFragment } from "@/api/graphql.ts";
import { calendarDate } from "@/format/calendar.ts";
import { lastFirst } from "@/format/names.ts";
import { matterStatusWords, obstacleWords } from "@/format/words/clio.ts";
import { BareCheckbox } from "@/ui/choices.tsx";
import { EmptyValue } from "@/ui/EmptyValue.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { CompanyIcon, InfoIcon, OkIcon } from "@/ui/icons.ts";
import styles from "./matters.module.css";

export const MatterRowFields = graphql(`
  fragment MatterRow on ClioMatter {
    id
    matterId
    displayNumber
    description
    status
    openDate
    clientName
    practiceArea
    responsibleAttorney
    importable
    obstacle
    watch { id firstName middleName lastName }
  }
`);

interface MatterRowProps {
  matter: FragmentOf<typeof MatterRowFields>;
  isChosen: boolean;
  onChoose: (isChosen: boolean, withShift: boolean) => void;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** One matter: it can be chosen, is a watch already, or says why it can't be one. */
export function MatterRow({ matter: masked, isChosen, onChoose, onKeyDown }: MatterRowProps) {
  const matter = readFragment(MatterRowFields, masked);
  const canBeChosen = matter.importable && !matter.watch;
  const name = matter.clientName ?? matter.displayNumber ?? matter.matterId;
  const reason = `reason-${matter.matterId}`;
  return (
    <tr data-selected={isChosen || undefined} data-off={!canBeChosen || undefined}>
      <td>
        {matter.watch ? (
          <span className={styles.isWatch}>
            <Icon of={OkIcon} />
          </span>
        ) : (
          <BareCheckbox
            aria-label={`Choose ${name}`}
            aria-describedby={canBeChosen ? undefined : reason}
            aria-disabled={!canBeChosen || undefined}
            checked={isChosen}
            data-matter={canBeChosen ? matter.matterId : undefined}
            onKeyDown={onKeyDown}
            onChange={(event) => {
              if (canBeChosen) onChoose(event.target.checked, (event.nativeEvent as MouseEvent).shiftKey === true);
            }}
          />
        )}
      </td>
      <td className={styles.client}>
        <b>{matter.clientName ?? <EmptyValue />}</b>
        {matter.watch && (
          <span className={styles.reason}>
            Already a watch:{" "}
            <Link to="/watches/$id" params={{ id: matter.watch.id }}>
              {lastFirst(matter.watch)}
            </Link>
          </span>
        )}
        {!matter.watch && matter.obstacle && (
          <span className={styles.reason} id={reason}>
            <Icon of={matter.obstacle === "COMPANY" ? CompanyIcon : InfoIcon} />
            {obstacleWords(matter.obstacle)}
          </span>
        )}
      </td>
      <td className={styles.number}>{matter.displayNumber ?? <EmptyValue />}</td>
      <td className={styles.description}>{matter.description ?? <EmptyValue />}</td>
      <td>{matter.practiceArea ?? <EmptyValue />}</td>
      <td className={styles.status}>{matter.status ? matterStatusWords(matter.status) : <EmptyValue />}</td>
      <td className="nowrap">{matter.openDate ? calendarDate(matter.openDate) : <EmptyValue />}</td>
      <td className={styles.attorney}>{matter.responsibleAttorney ?? <EmptyValue />}</td>
    </tr>
  );
}
