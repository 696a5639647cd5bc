import { Outlet } from "@tanstack/react-router";
import { useViewer } from "@/session/viewer.ts";
import { PageHead } from "@/ui/PageHead.tsx";
import { Tab, Tabs } from "@/ui/Tabs.tsx";

/** What the pages of Settings have in common: their heading, and the tabs that the user may open. */
export function Settings() {
  const { isAdmin } = useViewer();
  return (
    <>
      <PageHead title="Settings" isTabbed />
      <Tabs label="Settings">
        <Tab to="/settings/profile">Profile</Tab>
        <Tab to="/settings/members">Members</Tab>
        {isAdmin && <Tab to="/settings/tokens">API tokens</Tab>}
        {isAdmin && <Tab to="/settings/audit">Audit trail</Tab>}
      </Tabs>
      <Outlet />
    </>
  );
}
