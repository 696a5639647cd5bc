import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function CaseTypesPage() {
  return <PageHead title="CaseTypesPage" />;
}
