import type { ErrorComponentProps } from "@tanstack/react-router";
import { Button } from "@/ui/Button.tsx";
import { Empty } from "@/ui/Empty.tsx";

/** What stands in place of a page that broke. */
export function PageFailed(_props: ErrorComponentProps) {
  return (
    <Empty
      isPage
      title="This page broke"
      actions={<Button onClick={() => window.location.reload()}>Load it again</Button>}
    >
      Nothing was changed. The rest of Watchkeeper works.
    </Empty>
  );
}
