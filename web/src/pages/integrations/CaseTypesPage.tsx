import { type CombinedError, useQuery } from "urql";
import { codes, reasonOf } from "@/api/errors.ts";
import { graphql, type ResultOf } from "@/api/graphql.ts";
import { useViewer } from "@/session/viewer.ts";
import { ButtonLink } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { classes } from "@/ui/classes.ts";
import { Empty, LoadFailed } from "@/ui/Empty.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { Title } from "@/ui/Title.tsx";
import table from "@/ui/table.module.css";
import styles from "./casetypes/casetypes.module.css";
import { MappingRow, MappingRowFields } from "./casetypes/MappingRow.tsx";

const CaseTypesQuery = graphql(
  `
    query CaseTypes {
      caseTypeMappings { id ...MappingRow }
    }
  `,
  [MappingRowFields],
);

/** Which case type each of Clio's practice areas becomes. */
export function CaseTypesPage() {
  const { isAdmin } = useViewer();
  const [{ data, error }, refetch] = useQuery({ query: CaseTypesQuery, requestPolicy: "cache-and-network" });
  return (
    <>
      <Title>Case types</Title>
      <p className={styles.lead}>
        What each practice area in Clio becomes here. A change takes effect from each watch’s next sync.
        {!isAdmin && " Administrators change these."}
      </p>
      <Card>
        <Mappings
          mappings={data?.caseTypeMappings}
          error={error}
          onRetry={() => refetch({ requestPolicy: "network-only" })}
        />
      </Card>
    </>
  );
}

interface MappingsProps {
  mappings: ResultOf<typeof CaseTypesQuery>["caseTypeMappings"] | undefined;
  error: CombinedError | undefined;
  onRetry: () => void;
}

function Mappings({ mappings, error, onRetry }: MappingsProps) {
  if (codes(error).includes("CLIO_NOT_CONNECTED")) {
    return (
      <Empty title="Clio is not connected" actions={<ButtonLink to="/integrations/clio">To Clio</ButtonLink>}>
        Practice areas are read from Clio.
      </Empty>
    );
  }
  if (!mappings && error) return <LoadFailed what="The practice areas" reason={reasonOf(error)} onRetry={onRetry} />;
  if (!mappings) return <SkeletonRows rows={6} />;
  if (mappings.length === 0) return <Empty title="No practice areas">Your firm’s Clio has none.</Empty>;
  return (
    <table className={classes(table.table, table.stacked)}>
      <thead>
        <tr>
          <th scope="col">Practice area in Clio</th>
          <th scope="col">Case type</th>
          <th scope="col">Chosen by</th>
        </tr>
      </thead>
      <tbody>
        {mappings.map((each) => (
          <MappingRow key={each.id} mapping={each} />
        ))}
      </tbody>
    </table>
  );
}
