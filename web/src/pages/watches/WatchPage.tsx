import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function WatchPage() {
  return <PageHead title="WatchPage" />;
}
