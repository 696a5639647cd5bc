import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function MembersPage() {
  return <PageHead title="MembersPage" />;
}
