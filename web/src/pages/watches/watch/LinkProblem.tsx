import { useState } from "react";
import { type FragmentOf, graphql, readFragment } from "@/api/graphql.ts";
import { firstLast } from "@/format/names.ts";
import { useStatus } from "@/session/status.ts";
import { Actions } from "@/ui/Actions.tsx";
import { Button } from "@/ui/Button.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { ClientChangedIcon, MissingIcon } from "@/ui/icons.ts";
import { Note } from "@/ui/Note.tsx";
import styles from "./notes.module.css";
import { useAction } from "./useAction.ts";
import type { Problem } from "./useWatchActions.ts";

export const LinkProblemFields = graphql(`
  fragment LinkProblemFields on Watch {
    id
    firstName
    lastName
    status
    clioLink { state newContactId newClientName }
  }
`);

interface LinkProblemProps {
  watch: FragmentOf<typeof LinkProblemFields>;
  onConfirm: (contactId: string, name: string) => Promise<Problem>;
  onUnlink: () => void;
  /** Whether the result of a sync tells it already. */
  isToldBySync: boolean;
}

/** That a matter is not found, in a sentence: by whom Clio was asked says from whom it may be hidden. */
export function notFoundSentence(clioUserName: string | null | undefined): string {
  const who = clioUserName ?? "the connected user";
  return `Clio no longer returns this matter: deleted, or hidden from ${who}. The watch stays as it is.`;
}

/** What is wrong with the link to Clio: the matter names another client, or is not found. */
export function LinkProblem({ watch: data, onConfirm, onUnlink, isToldBySync }: LinkProblemProps) {
  const watch = readFragment(LinkProblemFields, data);
  const clioUserName = useStatus()?.clioIntegration.clioUserName;
  const link = watch.clioLink;
  if (link?.state === "MISSING" && !isToldBySync) {
    return (
      <Note tone="attention" icon={MissingIcon} title="Not found in Clio" className={styles.note}>
        {notFoundSentence(clioUserName)}
      </Note>
    );
  }
  if (link?.state !== "CLIENT_CHANGED" || watch.status !== "ACTIVE") return null;
  return (
    <ClientChanged
      person={firstLast(watch)}
      newContactId={link.newContactId}
      newClient={link.newClientName}
      onConfirm={onConfirm}
      onUnlink={onUnlink}
    />
  );
}

interface ClientChangedProps {
  person: string;
  newContactId: string | null;
  newClient: string | null;
  onConfirm: (contactId: string, name: string) => Promise<Problem>;
  onUnlink: () => void;
}

function ClientChanged({ person, newContactId, newClient, onConfirm, onUnlink }: ClientChangedProps) {
  const [isLater, setIsLater] = useState(false);
  const confirm = useAction(onConfirm);
  const name = newClient ?? "somebody whom Clio does not show";
  if (isLater) {
    return (
      <Note
        tone="attention"
        icon={ClientChangedIcon}
        className={styles.note}
        action={
          <Button autoFocus isSmall onClick={() => setIsLater(false)}>
            Decide now
          </Button>
        }
      >
        The matter in Clio names {name}. Name, birth date, city and state are left alone until someone decides.
      </Note>
    );
  }
  return (
    <section className={styles.client} aria-label="The client changed in Clio">
      <div className={styles.grave}>
        <Icon of={ClientChangedIcon} />
        <p>
          <b>The matter in Clio now names another client.</b> A watch never becomes another person by itself, so name,
          birth date, city and state were left alone.
        </p>
      </div>
      <div className={styles.inside}>
        <dl className={styles.two}>
          <div>
            <dt>This watch is about</dt>
            <dd>{person}</dd>
          </div>
          <div>
            <dt>The matter now names</dt>
            <dd>{name}</dd>
          </div>
        </dl>
        {newContactId && (
          <p className="mut small">
            If it is the same person: later syncs take name, birth date, city and state from {name}.
          </p>
        )}
        {confirm.problem && (
          <p role="alert" className={styles.problem}>
            {confirm.problem}
          </p>
        )}
        <Actions>
          {newContactId && (
            <Button isBusy={confirm.isBusy} onClick={() => confirm.run(newContactId, name)}>
              It is the same person
            </Button>
          )}
          <Button onClick={onUnlink}>Somebody else: unlink from Clio</Button>
          <Button look="quiet" onClick={() => setIsLater(true)}>
            Decide later
          </Button>
        </Actions>
      </div>
    </section>
  );
}
