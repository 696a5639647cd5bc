import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import type { Client } from "urql";
import * as addresses from "./addresses.ts";
import { NotFound } from "./app/NotFound.tsx";
import { PageFailed } from "./app/PageFailed.tsx";
import { Redirect } from "./app/Redirect.tsx";
import { Shell, ShellQuery } from "./app/Shell.tsx";
import { prefetchWatches } from "./pages/watches/list/query.ts";
import { useStatus } from "./session/status.ts";

// Every address of the console. Pages are loaded when they are opened, or when a link to them is about to be followed.

const root = createRootRouteWithContext<{ client: Client }>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: addresses.signInSearch,
  component: lazyRouteComponent(() => import("./pages/account/SignInPage.tsx"), "SignInPage"),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  validateSearch: addresses.signInSearch,
  component: lazyRouteComponent(() => import("./pages/account/SignUpPage.tsx"), "SignUpPage"),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invite/$token",
  component: lazyRouteComponent(() => import("./pages/account/InvitationPage.tsx"), "InvitationPage"),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: "/reset/$token",
  component: lazyRouteComponent(() => import("./pages/account/ResetPage.tsx"), "ResetPage"),
});

const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  component: Shell,
  // The frame's query and the page's are sent at the same time.
  loader: ({ context }) => {
    context.client.query(ShellQuery, {}).toPromise();
  },
});
const home = createRoute({
  getParentRoute: () => app,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/watches", replace: true });
  },
});

const watches = createRoute({
  getParentRoute: () => app,
  path: "/watches",
  validateSearch: addresses.watchesSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps, cause }) => prefetchWatches(context.client, deps, cause !== "preload"),
  component: lazyRouteComponent(() => import("./pages/watches/WatchesPage.tsx"), "WatchesPage"),
});
const newWatch = createRoute({
  getParentRoute: () => app,
  path: "/watches/new",
  component: lazyRouteComponent(() => import("./pages/watches/NewWatchPage.tsx"), "NewWatchPage"),
});
const watch = createRoute({
  getParentRoute: () => app,
  path: "/watches/$id",
  validateSearch: addresses.watchSearch,
  component: lazyRouteComponent(() => import("./pages/watches/WatchPage.tsx"), "WatchPage"),
});
const editWatch = createRoute({
  getParentRoute: () => app,
  path: "/watches/$id/edit",
  validateSearch: addresses.editSearch,
  component: lazyRouteComponent(() => import("./pages/watches/EditWatchPage.tsx"), "EditWatchPage"),
});

const integrations = createRoute({
  getParentRoute: () => app,
  path: "/integrations",
  component: lazyRouteComponent(() => import("./pages/integrations/Integrations.tsx"), "Integrations"),
});
const integrationsHome = createRoute({ getParentRoute: () => integrations, path: "/", component: FirstIntegration });
const clio = createRoute({
  getParentRoute: () => integrations,
  path: "/clio",
  validateSearch: addresses.clioSearch,
  component: lazyRouteComponent(() => import("./pages/integrations/ClioPage.tsx"), "ClioPage"),
});
const matters = createRoute({
  getParentRoute: () => integrations,
  path: "/matters",
  validateSearch: addresses.mattersSearch,
  component: lazyRouteComponent(() => import("./pages/integrations/MattersPage.tsx"), "MattersPage"),
});
const sync = createRoute({
  getParentRoute: () => integrations,
  path: "/sync",
  component: lazyRouteComponent(() => import("./pages/integrations/SyncPage.tsx"), "SyncPage"),
});
const runs = createRoute({
  getParentRoute: () => integrations,
  path: "/runs",
  validateSearch: addresses.runsSearch,
  component: lazyRouteComponent(() => import("./pages/integrations/RunsPage.tsx"), "RunsPage"),
});
const run = createRoute({
  getParentRoute: () => integrations,
  path: "/runs/$id",
  validateSearch: addresses.runSearch,
  component: lazyRouteComponent(() => import("./pages/integrations/RunPage.tsx"), "RunPage"),
});
const conflicts = createRoute({
  getParentRoute: () => integrations,
  path: "/conflicts",
  validateSearch: addresses.conflictsSearch,
  component: lazyRouteComponent(() => import("./pages/integrations/ConflictsPage.tsx"), "ConflictsPage"),
});
const caseTypes = createRoute({
  getParentRoute: () => integrations,
  path: "/case-types",
  component: lazyRouteComponent(() => import("./pages/integrations/CaseTypesPage.tsx"), "CaseTypesPage"),
});

const settings = createRoute({
  getParentRoute: () => app,
  path: "/settings",
  component: lazyRouteComponent(() => import("./pages/settings/Settings.tsx"), "Settings"),
});
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/profile", replace: true });
  },
});
const profile = createRoute({
  getParentRoute: () => settings,
  path: "/profile",
  component: lazyRouteComponent(() => import("./pages/settings/ProfilePage.tsx"), "ProfilePage"),
});
const members = createRoute({
  getParentRoute: () => settings,
  path: "/members",
  component: lazyRouteComponent(() => import("./pages/settings/MembersPage.tsx"), "MembersPage"),
});
const tokens = createRoute({
  getParentRoute: () => settings,
  path: "/tokens",
  component: lazyRouteComponent(() => import("./pages/settings/TokensPage.tsx"), "TokensPage"),
});
const audit = createRoute({
  getParentRoute: () => settings,
  path: "/audit",
  validateSearch: addresses.listSearch,
  component: lazyRouteComponent(() => import("./pages/settings/AuditPage.tsx"), "AuditPage"),
});

/** Integrations opens with what is next: Clio until it is connected, then syncs. */
function FirstIntegration() {
  const status = useStatus();
  if (!status) return null;
  const { state } = status.clioIntegration;
  const isConnected = state === "CONNECTED" || state === "UNREACHABLE";
  return <Redirect to={isConnected ? "/integrations/sync" : "/integrations/clio"} />;
}

const tree = root.addChildren([
  signIn,
  signUp,
  invitation,
  reset,
  app.addChildren([
    home,
    watches,
    newWatch,
    watch,
    editWatch,
    integrations.addChildren([integrationsHome, clio, matters, sync, runs, run, conflicts, caseTypes]),
    settings.addChildren([settingsHome, profile, members, tokens, audit]),
  ]),
]);

/** The console's router. App gives it the client. */
export const router = createRouter({
  routeTree: tree,
  context: { client: undefined as never },
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0, // the client's cache knows what is fresh
  scrollRestoration: true,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: PageFailed,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
