import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function ProfilePage() {
  return <PageHead title="ProfilePage" />;
}
