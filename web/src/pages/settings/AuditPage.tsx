import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function AuditPage() {
  return <PageHead title="AuditPage" />;
}
