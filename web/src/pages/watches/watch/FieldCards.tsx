import { useMemo } from "react";
import { type FragmentOf, graphql, type ResultOf, readFragment } from "@/api/graphql.ts";
import { Card } from "@/ui/Card.tsx";
import { FieldRow, type FieldRowActions } from "./FieldRow.tsx";
import styles from "./fields.module.css";
import { type FieldFacts, fieldKeys, type Marks, matterFields, personFields, type RowField, row } from "./rows.ts";

export const FieldCardsFields = graphql(`
  fragment FieldCardsFields on Watch {
    id
    status
    firstName
    middleName
    lastName
    dateOfBirth
    city
    state
    caseNumber
    assignedTo
    caseType
    dateOfInterest
    clioLink { state }
    syncedFields { field value clio origin editedAt editedBy { id name } }
    conflicts { id field clio }
  }
`);

type Watch = ResultOf<typeof FieldCardsFields>;

interface FieldCardsProps {
  watch: FragmentOf<typeof FieldCardsFields>;
  /** What the last sync or preview on this page said. */
  marks: Marks | undefined;
  /** When that sync ended. */
  markedAt: string | undefined;
  actions: FieldRowActions;
}

/** The person and the matter: the table of fields, which is the result of a sync too. */
export function FieldCards({ watch: data, marks, markedAt, actions }: FieldCardsProps) {
  const watch = readFragment(FieldCardsFields, data);
  const rows = useMemo(() => {
    const rowOf = (field: RowField) => row(factsOf(watch, field), watch.conflicts, marks);
    return { person: personFields.map(rowOf), matter: matterFields.map(rowOf) };
  }, [watch, marks]);
  const isLinked = watch.clioLink !== null;
  const cards = [
    { title: "Person", rows: rows.person },
    { title: "Matter", rows: rows.matter },
  ];
  return cards.map((card) => (
    <Card title={card.title} className={styles.card} key={card.title}>
      <table className={styles.table} data-linked={isLinked || undefined} aria-label={card.title}>
        <thead className="vh">
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Value</th>
            {isLinked && <th scope="col">Source</th>}
          </tr>
        </thead>
        <tbody>
          {card.rows.map((each) => (
            <FieldRow
              key={each.facts.field}
              row={each}
              isLinked={isLinked}
              canChange={watch.status === "ACTIVE"}
              markedAt={markedAt}
              actions={actions}
            />
          ))}
        </tbody>
      </table>
    </Card>
  ));
}

function factsOf(watch: Watch, field: RowField): FieldFacts {
  const synced = watch.syncedFields.find((each) => each.field === field);
  const none = { clio: null, origin: "", editedAt: null, editedBy: null };
  return synced ? { ...synced } : { ...none, field, value: watch[fieldKeys[field]] || null };
}
