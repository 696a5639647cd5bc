import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function ResetPage() {
  return <PageHead title="ResetPage" />;
}
