import { type IdentityChange, identityConsequence } from "@/format/identity.ts";
import { fieldLabel } from "@/format/words/fields.ts";
import { Button } from "@/ui/Button.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { IdentityIcon, OkIcon } from "@/ui/icons.ts";
import { announce } from "@/ui/LiveRegion.tsx";
import styles from "./SyncCard.module.css";
import { useAction } from "./useAction.ts";

interface IdentityStripProps {
  change: IdentityChange;
  isPreview: boolean;
  /** Whether the field has the value that the sync gave it, the one before it again, or another. */
  standing: "changed" | "back" | "gone";
  canPutBack: boolean;
  onPutBack: () => Promise<string | undefined>;
}

/** A name, birth date or state that a sync changed, and the way back. */
export function IdentityStrip({ change, isPreview, standing, canPutBack, onPutBack }: IdentityStripProps) {
  const { field, heading, from, to } = change;
  const label = fieldLabel(field);
  const isBack = `${label} is ${from} again. Later syncs leave it so.`;
  const putBack = useAction(onPutBack);
  if (standing === "gone") return null;
  if (standing === "back") {
    return (
      <div className={styles.back} ref={focusIfLost} tabIndex={-1}>
        <Icon of={OkIcon} />
        <p>{isBack}</p>
      </div>
    );
  }
  return (
    <div className={styles.grave}>
      <Icon of={IdentityIcon} />
      <div>
        <p>
          <b>{heading}</b> from {from} to <b>{to || "empty"}</b>. {identityConsequence(change, isPreview)}
        </p>
        {putBack.problem && (
          <p role="alert" className={styles.problem}>
            {putBack.problem}
          </p>
        )}
      </div>
      {canPutBack && (
        <Button
          isSmall
          isBusy={putBack.isBusy}
          busyText="Putting back…"
          onClick={async () => {
            if (await putBack.run()) announce(isBack);
          }}
        >
          Put back {from}
        </Button>
      )}
    </div>
  );
}

/** The button that was pressed is gone: the keyboard goes on from what stands in its place. */
function focusIfLost(element: HTMLElement | null) {
  if (document.activeElement === document.body) element?.focus({ preventScroll: true });
}
