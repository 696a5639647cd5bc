import { Outlet, useMatch } from "@tanstack/react-router";
import { useStatus } from "@/session/status.ts";
import { Count } from "@/ui/Mark.tsx";
import { PageHead } from "@/ui/PageHead.tsx";
import { Tab, Tabs } from "@/ui/Tabs.tsx";

/** What the pages of Integrations have in common: their heading, and the tabs. */
export function Integrations() {
  const status = useStatus();
  const runs = useMatch({ from: "/app/integrations/runs", shouldThrow: false });
  const run = useMatch({ from: "/app/integrations/runs/$id", shouldThrow: false });
  if (run) return <Outlet />; // it has a heading of its own
  return (
    <>
      <PageHead title="Integrations" isTabbed />
      <Tabs label="Integrations">
        <Tab to="/integrations/clio">Clio</Tab>
        <Tab to="/integrations/matters">Matters</Tab>
        <Tab to="/integrations/sync" {...(runs && { "aria-current": "page" })}>
          Sync
        </Tab>
        <Tab to="/integrations/conflicts">
          Conflicts {status && status.openConflicts > 0 && <Count of={status.openConflicts} needsAttention />}
        </Tab>
        <Tab to="/integrations/case-types">Case types</Tab>
      </Tabs>
      <Outlet />
    </>
  );
}
