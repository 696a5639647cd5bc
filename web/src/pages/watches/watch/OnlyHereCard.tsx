import { type FragmentOf, graphql, readFragment } from "@/api/graphql.ts";
import { ButtonLink } from "@/ui/Button.tsx";
import { Card, CardBody } from "@/ui/Card.tsx";
import { EmptyValue } from "@/ui/EmptyValue.tsx";
import { Mark } from "@/ui/Mark.tsx";
import styles from "./aside.module.css";
import { Priority } from "./Priority.tsx";

export const OnlyHereFields = graphql(`
  fragment OnlyHereFields on Watch {
    id
    status
    priorityLevel
    tags
    internalNotes
    clioLink { state }
  }
`);

/** What the firm keeps of a watch for itself. */
export function OnlyHereCard({ watch: data }: { watch: FragmentOf<typeof OnlyHereFields> }) {
  const watch = readFragment(OnlyHereFields, data);
  const edit = watch.status === "ACTIVE" && (
    <ButtonLink
      look="quiet"
      isSmall
      className={styles.edit}
      to="/watches/$id/edit"
      params={{ id: watch.id }}
      search={{ field: "priorityLevel" }}
      aria-label="Edit priority, tags and notes"
    >
      Edit
    </ButtonLink>
  );
  return (
    <Card title="Only in Watchkeeper" actions={edit} className={styles.card}>
      <CardBody className={styles.body}>
        <dl className={styles.facts}>
          <div>
            <dt>Priority</dt>
            <dd>
              <Priority level={watch.priorityLevel} />
            </dd>
          </div>
          <div>
            <dt>Tags</dt>
            <dd>
              {watch.tags.length === 0 ? (
                <EmptyValue />
              ) : (
                <ul className={styles.tags}>
                  {watch.tags.map((tag) => (
                    <li key={tag}>
                      <Mark>{tag}</Mark>
                    </li>
                  ))}
                </ul>
              )}
            </dd>
          </div>
          <div>
            <dt>Notes</dt>
            <dd className={styles.notes}>{watch.internalNotes ?? <EmptyValue />}</dd>
          </div>
        </dl>
        {watch.clioLink && <p className="mut small">A sync never touches these.</p>}
      </CardBody>
    </Card>
  );
}
