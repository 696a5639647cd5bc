import { PageHead } from "@/ui/PageHead.tsx";

/** In work. */
export function SignUpPage() {
  return <PageHead title="SignUpPage" />;
}
