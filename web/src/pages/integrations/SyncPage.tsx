import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function SyncPage() {
  return <PageHead title="SyncPage" />;
}
