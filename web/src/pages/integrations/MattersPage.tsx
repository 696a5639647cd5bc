import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function MattersPage() {
  return <PageHead title="MattersPage" />;
}
