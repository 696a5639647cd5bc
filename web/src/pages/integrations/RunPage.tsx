import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function RunPage() {
  return <PageHead title="RunPage" />;
}
