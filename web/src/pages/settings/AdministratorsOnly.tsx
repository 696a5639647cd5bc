import type { ReactNode } from "react";
import { useViewer } from "@/session/viewer.ts";
import { ButtonLink } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { Empty } from "@/ui/Empty.tsx";

/** Shows a page to administrators, and tells members who can see it. */
export function AdministratorsOnly({ what, children }: { what: string; children: ReactNode }) {
  const { isAdmin } = useViewer();
  if (isAdmin) return children;
  return (
    <Card>
      <Empty
        title={`${what} for administrators`}
        actions={<ButtonLink to="/settings/profile">Your profile</ButtonLink>}
      >
        An administrator of your firm can show you, or change your role.
      </Empty>
    </Card>
  );
}
