import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function InvitationPage() {
  return <PageHead title="InvitationPage" />;
}
