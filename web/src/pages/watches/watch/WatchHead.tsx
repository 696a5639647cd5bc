import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { type FragmentOf, graphql, readFragment } from "@/api/graphql.ts";
import { count } from "@/format/counts.ts";
import { firstLast, lastFirst } from "@/format/names.ts";
import { linkStateWords } from "@/format/words/clio.ts";
import { caseTypeWords, watchStatusWords } from "@/format/words/fields.ts";
import { Actions } from "@/ui/Actions.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { ClientChangedIcon, ConflictIcon, LinkIcon, MissingIcon, UnlinkIcon } from "@/ui/icons.ts";
import { Crumbs } from "@/ui/PageHead.tsx";
import { Priority } from "./Priority.tsx";
import styles from "./WatchHead.module.css";

export const WatchHeadFields = graphql(`
  fragment WatchHeadFields on Watch {
    id
    firstName
    lastName
    caseType
    caseNumber
    priorityLevel
    status
    clioLink { state }
    conflicts { id }
  }
`);

const linkIcons: Record<string, typeof LinkIcon> = { MISSING: MissingIcon, CLIENT_CHANGED: ClientChangedIcon };

/** Whom the watch is about, how it stands, and what can be done with it. */
export function WatchHead({ watch: data, actions }: { watch: FragmentOf<typeof WatchHeadFields>; actions: ReactNode }) {
  const watch = readFragment(WatchHeadFields, data);
  const { firstName, lastName } = watch;
  return (
    <>
      <Crumbs above={<Link to="/watches">Watches</Link>} here={lastFirst({ firstName, lastName })} />
      <div className={styles.head}>
        <div>
          <h1 tabIndex={-1}>{firstLast({ firstName, lastName })}</h1>
          <ul className={styles.facts}>
            {watch.caseType && <li>{caseTypeWords(watch.caseType)}</li>}
            {watch.caseNumber && <li className={styles.number}>{watch.caseNumber}</li>}
            <li>
              <Priority level={watch.priorityLevel} isLong />
            </li>
            <li>{watchStatusWords(watch.status)}</li>
            <li>
              <LinkFact state={watch.clioLink?.state} />
            </li>
            {watch.conflicts.length > 0 && (
              <li>
                <Link to="/integrations/conflicts" search={{ watch: watch.id }} className={styles.attention}>
                  <Icon of={ConflictIcon} /> {count(watch.conflicts.length, "conflict")}
                </Link>
              </li>
            )}
          </ul>
        </div>
        <Actions className={styles.actions}>{actions}</Actions>
      </div>
    </>
  );
}

function LinkFact({ state }: { state: string | undefined }) {
  if (!state) {
    return (
      <>
        <Icon of={UnlinkIcon} className={styles.quiet} /> Not linked to Clio
      </>
    );
  }
  const isWell = state === "LINKED";
  return (
    <span className={isWell ? undefined : styles.attention}>
      <Icon of={linkIcons[state] ?? LinkIcon} className={isWell ? styles.quiet : undefined} /> {linkStateWords(state)}
    </span>
  );
}
