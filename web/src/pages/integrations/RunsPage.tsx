import { getRouteApi } from "@tanstack/react-router";
import { useQuery } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { graphql } from "@/api/graphql.ts";
import { ButtonLink } from "@/ui/Button.tsx";
import { Card, CardFoot } from "@/ui/Card.tsx";
import { Empty, LoadFailed } from "@/ui/Empty.tsx";
import { RightIcon } from "@/ui/icons.ts";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { Title } from "@/ui/Title.tsx";
import { RunFields } from "./run/fragments.ts";
import { filterOf, isFiltered, pageOf } from "./runs/query.ts";
import { RoundsTable } from "./runs/RoundsTable.tsx";
import { RunsFilters } from "./runs/RunsFilters.tsx";

const RunsQuery = graphql(
  `
    query Runs($after: String, $filter: SyncRunFilter) {
      syncRuns(first: 100, after: $after, filter: $filter) {
        edges { cursor node { ...Run } }
        pageInfo { hasNextPage }
      }
    }
  `,
  [RunFields],
);

const route = getRouteApi("/app/integrations/runs");

/** All syncs, the newest first. */
export function RunsPage() {
  const search = route.useSearch();
  return (
    <>
      <Title>All syncs</Title>
      <RunsFilters search={search} />
      <Card title="All syncs">
        <Runs search={search} />
      </Card>
    </>
  );
}

function Runs({ search }: { search: ReturnType<typeof route.useSearch> }) {
  const [{ data, error }, refetch] = useQuery({
    query: RunsQuery,
    variables: { after: search.after ?? null, filter: filterOf(search) },
    requestPolicy: "cache-and-network",
  });
  const found = data?.syncRuns;
  if (!found && error) {
    return (
      <LoadFailed
        what="The syncs"
        reason={reasonOf(error)}
        onRetry={() => refetch({ requestPolicy: "network-only" })}
      />
    );
  }
  if (!found) return <SkeletonRows />;
  const { rounds, next } = pageOf(found.edges, found.pageInfo.hasNextPage, search.status !== undefined);
  if (rounds.length === 0) {
    return isFiltered(search) ? (
      <Empty title="No sync matches" actions={<ButtonLink to="/integrations/runs">Show all syncs</ButtonLink>} />
    ) : (
      <Empty title="No sync yet">Each one is listed here, with what it changed.</Empty>
    );
  }
  return (
    <>
      <RoundsTable rounds={rounds} label="All syncs" />
      {(next || search.after) && (
        <CardFoot>
          {search.after && (
            <ButtonLink isSmall to="/integrations/runs" search={{ ...search, after: undefined }}>
              Newest
            </ButtonLink>
          )}
          {next && (
            <ButtonLink isSmall to="/integrations/runs" search={{ ...search, after: next }} iconAfter={RightIcon}>
              Older
            </ButtonLink>
          )}
        </CardFoot>
      )}
    </>
  );
}
