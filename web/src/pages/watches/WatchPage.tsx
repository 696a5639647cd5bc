import { useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef } from "react";
import { useQuery } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { graphql } from "@/api/graphql.ts";
import { type Status, useStatus } from "@/session/status.ts";
import { ButtonLink } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { Empty, LoadFailed } from "@/ui/Empty.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { Title } from "@/ui/Title.tsx";
import styles from "./watch/WatchView.module.css";
import { WatchView } from "./watch/WatchView.tsx";
import { WatchPageFields } from "./watch/watchFields.ts";

const WatchQuery = graphql(
  `
    query Watch($id: ID!) {
      watch(id: $id) { ...WatchPageFields }
    }
  `,
  [WatchPageFields],
);

/** The page of one watch. */
export function WatchPage() {
  const { id } = useParams({ from: "/app/watches/$id" });
  const { preview } = useSearch({ from: "/app/watches/$id" });
  const [{ data, error, fetching, stale }, refetch] = useQuery({
    query: WatchQuery,
    variables: { id },
    requestPolicy: "cache-and-network",
  });
  const refresh = () => refetch({ requestPolicy: "network-only" });
  useRefresh(refresh);
  if (data?.watch) return <WatchView key={id} watch={data.watch} isPreview={preview === 1} />;
  if (error && !fetching) return <LoadFailed isPage what="The watch" reason={reasonOf(error)} onRetry={refresh} />;
  if (fetching || stale || !data) return <Waiting />;
  return (
    <>
      <Title>Not found</Title>
      <Empty
        isPage
        title="This watch does not exist, or is not your firm’s"
        actions={<ButtonLink to="/watches">To the watches</ButtonLink>}
      />
    </>
  );
}

function Waiting() {
  return (
    <>
      <Title>Watch</Title>
      <div className={styles.columns} aria-busy="true">
        <Card>
          <SkeletonRows rows={12} />
        </Card>
        <Card>
          <SkeletonRows rows={5} />
        </Card>
      </div>
    </>
  );
}

/**
 * Reads the watch again when a run or somebody else may have changed it, and when somebody comes back to the window: the status doesn't tell of
 * others' edits and syncs of a single watch.
 */
function useRefresh(refresh: () => void) {
  const moved = statusKey(useStatus());
  const last = useRef(moved);
  const onMoved = useEffectEvent(refresh);
  useEffect(() => {
    if (last.current !== moved && last.current !== "") onMoved();
    last.current = moved;
  }, [moved]);
  useEffect(() => {
    const onShown = () => {
      if (document.visibilityState === "visible") onMoved();
    };
    document.addEventListener("visibilitychange", onShown);
    window.addEventListener("focus", onShown);
    return () => {
      document.removeEventListener("visibilitychange", onShown);
      window.removeEventListener("focus", onShown);
    };
  }, []);
}

function statusKey(status: Status | null): string {
  if (!status) return "";
  const { lastRun, currentRun, openConflicts, clientChangedWatches, missingWatches, linkedWatches } = status;
  return [lastRun?.id, currentRun?.id, openConflicts, clientChangedWatches, missingWatches, linkedWatches].join(" ");
}
