import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function RunsPage() {
  return <PageHead title="RunsPage" />;
}
