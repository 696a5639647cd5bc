import { getRouteApi } from "@tanstack/react-router";
import { useQuery } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { graphql } from "@/api/graphql.ts";
import { Time } from "@/session/Time.tsx";
import { ButtonLink } from "@/ui/Button.tsx";
import { Card, CardFoot } from "@/ui/Card.tsx";
import { classes } from "@/ui/classes.ts";
import { Empty, LoadFailed } from "@/ui/Empty.tsx";
import { RightIcon } from "@/ui/icons.ts";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { Title } from "@/ui/Title.tsx";
import table from "@/ui/table.module.css";
import { AdministratorsOnly } from "./AdministratorsOnly.tsx";

const AuditQuery = graphql(`
  query Audit($after: String) {
    auditEvents(first: 50, after: $after) {
      nodes {
        id
        at
        summary
        by { id name }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const route = getRouteApi("/app/settings/audit");

/** Who did what, newest first. */
export function AuditPage() {
  return (
    <AdministratorsOnly what="The audit trail is">
      <Title>Audit trail</Title>
      <Card title="Audit trail">
        <Events />
      </Card>
    </AdministratorsOnly>
  );
}

function Events() {
  const { after } = route.useSearch();
  const [{ data, error }, refetch] = useQuery({
    query: AuditQuery,
    variables: { after: after ?? null },
    requestPolicy: "cache-and-network",
  });
  const events = data?.auditEvents;
  if (!events && error) {
    return (
      <LoadFailed
        what="The audit trail"
        reason={reasonOf(error)}
        onRetry={() => refetch({ requestPolicy: "network-only" })}
      />
    );
  }
  if (!events) return <SkeletonRows />;
  if (events.nodes.length === 0)
    return <Empty title="Nothing yet">Sign-ins, settings and what people delete are told here.</Empty>;
  return (
    <>
      <table className={classes(table.table, table.stacked)}>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {events.nodes.map((each) => (
            <tr key={each.id}>
              <td className="nowrap">
                <Time at={each.at} />
              </td>
              <td>{each.by?.name ?? "Watchkeeper"}</td>
              <td className={table.wrap}>{each.summary}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {(events.pageInfo.hasNextPage || after) && (
        <CardFoot>
          {after && (
            <ButtonLink isSmall to="/settings/audit">
              Newest
            </ButtonLink>
          )}
          {events.pageInfo.hasNextPage && (
            <ButtonLink
              isSmall
              to="/settings/audit"
              search={{ after: events.pageInfo.endCursor ?? undefined }}
              iconAfter={RightIcon}
            >
              Older
            </ButtonLink>
          )}
        </CardFoot>
      )}
    </>
  );
}
