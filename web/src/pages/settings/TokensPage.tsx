import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function TokensPage() {
  return <PageHead title="TokensPage" />;
}
