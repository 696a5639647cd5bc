import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function EditWatchPage() {
  return <PageHead title="EditWatchPage" />;
}
