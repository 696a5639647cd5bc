import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function ConflictsPage() {
  return <PageHead title="ConflictsPage" />;
}
