import { getRouteApi } from "@tanstack/react-router";
import { useQuery } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { Card } from "@/ui/Card.tsx";
import { LoadFailed } from "@/ui/Empty.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { Title } from "@/ui/Title.tsx";
import { OpenConflicts } from "./conflicts/OpenConflicts.tsx";
import { ConflictsQuery } from "./conflicts/query.ts";

const route = getRouteApi("/app/integrations/conflicts");

/** Edits that Clio disagrees with: one chooses, and saves all choices at once. */
export function ConflictsPage() {
  const { watch: watchId, after } = route.useSearch();
  const [{ data, error, fetching }, refetch] = useQuery({
    query: ConflictsQuery,
    variables: { watchId: watchId ?? null, after: after ?? null },
    requestPolicy: "cache-and-network",
  });
  const found = data?.syncConflicts;
  return (
    <>
      <Title>Conflicts</Title>
      {found ? (
        <OpenConflicts found={found} isOfOneWatch={watchId !== undefined} />
      ) : error && !fetching ? (
        <Card>
          <LoadFailed
            what="The conflicts"
            reason={reasonOf(error)}
            onRetry={() => refetch({ requestPolicy: "network-only" })}
          />
        </Card>
      ) : (
        <Card>
          <SkeletonRows />
        </Card>
      )}
    </>
  );
}
