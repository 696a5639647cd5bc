import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function ClioPage() {
  return <PageHead title="ClioPage" />;
}
