import { type FragmentOf, graphql, readFragment } from "@/api/graphql.ts";
import { dayInSentence } from "@/format/dates.ts";
import { differences } from "@/format/differences.ts";
import { fieldText } from "@/format/values.ts";
import { fieldLabel } from "@/format/words/fields.ts";
import { Time } from "@/session/Time.tsx";
import { Marked } from "@/ui/Changed.tsx";
import { BareRadio } from "@/ui/choices.tsx";
import styles from "./conflicts.module.css";

export const ConflictRowFields = graphql(`
  fragment ConflictRow on SyncConflict {
    id
    field
    local
    clio
    editedAt
    editedBy { id name }
  }
`);

interface ConflictRowProps {
  conflict: FragmentOf<typeof ConflictRowFields>;
  choice: "LOCAL" | "CLIO" | undefined;
  onChoose: (choice: "LOCAL" | "CLIO" | undefined) => void;
  /** Whether another choice was made for values that have moved since. */
  hasMoved: boolean;
}

/** Two values of one field, to choose between. */
export function ConflictRow({ conflict: masked, choice, onChoose, hasMoved }: ConflictRowProps) {
  const conflict = readFragment(ConflictRowFields, masked);
  const label = fieldLabel(conflict.field);
  const marked = differences(fieldText(conflict.field, conflict.local), fieldText(conflict.field, conflict.clio));
  const option = (value: "LOCAL" | "CLIO") => ({
    name: conflict.id,
    checked: choice === value,
    onChange: () => onChoose(value),
  });
  return (
    <div
      className={styles.row}
      role="radiogroup"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === "Escape") onChoose(undefined);
      }}
    >
      <div className={styles.field}>
        {label}
        {hasMoved && <p className={styles.moved}>Changed meanwhile. Look again.</p>}
      </div>
      <label className={styles.choice}>
        <BareRadio {...option("LOCAL")} />
        <span className={styles.value}>
          <span className={styles.kind}>Keep ours</span>
          <b>
            <Marked segments={marked.before} />
          </b>
          {conflict.editedAt && (
            <span className={styles.by}>
              {conflict.editedBy && `${conflict.editedBy.name}, `}
              <Time at={conflict.editedAt} as={dayInSentence} />
            </span>
          )}
        </span>
      </label>
      <label className={styles.choice}>
        <BareRadio {...option("CLIO")} />
        <span className={styles.value}>
          <span className={styles.kind}>Use Clio’s</span>
          <b>
            <Marked segments={marked.after} />
          </b>
        </span>
      </label>
    </div>
  );
}
