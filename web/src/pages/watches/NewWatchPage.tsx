import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function NewWatchPage() {
  return <PageHead title="NewWatchPage" />;
}
