import { useRouter } from "@tanstack/react-router";

/** Leaves a form for where one came from, so that history doesn't have a page twice; else, as when its address was opened, for another page. */
export function useClose(otherwise: () => void): () => void {
  const { history } = useRouter();
  return () => {
    if (history.location.state.__TSR_index > 0) history.back();
    else otherwise();
  };
}
