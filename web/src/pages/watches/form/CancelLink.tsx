import type { MouseEvent } from "react";
import { ButtonLink } from "@/ui/Button.tsx";

interface CancelLinkProps {
  /** The watch that is edited; none when it is new. */
  watchId?: string;
  onClose: () => void;
}

/** Leaves a form without saving. Its address is where it leads when there is nothing to go back to. */
export function CancelLink({ watchId, onClose }: CancelLinkProps) {
  const press = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onClose();
  };
  if (watchId === undefined) {
    return (
      <ButtonLink to="/watches" onClick={press}>
        Cancel
      </ButtonLink>
    );
  }
  return (
    <ButtonLink to="/watches/$id" params={{ id: watchId }} onClick={press}>
      Cancel
    </ButtonLink>
  );
}
