import { Outlet, useLocation, useRouter } from "@tanstack/react-router";
import { Suspense, useEffect, useMemo } from "react";
import { RouterProvider as AriaRouter } from "react-aria-components";
import { useQuery, useSubscription } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { graphql } from "@/api/graphql.ts";
import { ClockContext, useTickingClock } from "@/session/clock.ts";
import { rememberViewer } from "@/session/lastViewer.ts";
import { StatusContext, StatusFields } from "@/session/status.ts";
import { type Viewer, ViewerContext } from "@/session/viewer.ts";
import { LoadFailed } from "@/ui/Empty.tsx";
import { BottomBar } from "./BottomBar.tsx";
import { KeyHelp } from "./KeyHelp.tsx";
import { Notice } from "./Notice.tsx";
import { Redirect } from "./Redirect.tsx";
import styles from "./Shell.module.css";
import { TopBar } from "./TopBar.tsx";
import { ZoneNote } from "./ZoneNote.tsx";

/** What every page of the frame needs. */
export const ShellQuery = graphql(
  `
    query Shell {
      viewer {
        id
        user { id name email role }
        firm { id name }
      }
      syncSettings { id timeZone }
      syncStatus { ...StatusFields }
    }
  `,
  [StatusFields],
);

const StatusSubscription = graphql(
  `
    subscription Status {
      syncStatus { ...StatusFields }
    }
  `,
  [StatusFields],
);

/** The frame around every page of somebody who is signed in. */
export function Shell() {
  const [{ data, error, fetching }, refetch] = useQuery({ query: ShellQuery });
  const found = data?.viewer;
  useSubscription({ query: StatusSubscription, pause: !found });
  const viewer = useMemo<Viewer | null>(() => {
    if (!found) return null;
    const { user, firm } = found;
    return { userId: user.id, name: user.name, email: user.email, isAdmin: user.role === "ADMIN", firm };
  }, [found]);
  useEffect(() => {
    if (viewer) rememberViewer(viewer);
  }, [viewer]);
  const clock = useTickingClock(data?.syncSettings?.timeZone);
  const location = useLocation();
  if (!data && error && !fetching) {
    return (
      <LoadFailed
        isPage
        what="Watchkeeper"
        reason={reasonOf(error)}
        onRetry={() => refetch({ requestPolicy: "network-only" })}
      />
    );
  }
  if (data && !viewer) return <Redirect to="/sign-in" search={nextAfter(location.href)} />;
  if (!viewer) return null;
  return (
    <ViewerContext value={viewer}>
      <ClockContext value={clock}>
        <StatusContext value={data?.syncStatus ?? null}>
          <Frame />
        </StatusContext>
      </ClockContext>
    </ViewerContext>
  );
}

function nextAfter(href: string) {
  return href === "/" || href === "/watches" ? {} : { next: href };
}

function Frame() {
  const router = useRouter();
  return (
    <AriaRouter navigate={(to) => router.history.push(to)}>
      <a className={styles.skip} href="#main">
        Skip to main content
      </a>
      <TopBar />
      <Notice className={styles.notice} />
      <main id="main" className={styles.page} tabIndex={-1}>
        <Suspense>
          <Outlet />
        </Suspense>
        <ZoneNote />
      </main>
      <BottomBar className={styles.bottom} />
      <KeyHelp />
    </AriaRouter>
  );
}
