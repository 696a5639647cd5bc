import { type NavigateOptions, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

/** Goes to another address, once: the router's own Navigate goes again with each rendering, for as long as the other page loads. */
export function Redirect(options: Pick<NavigateOptions, "to" | "search">) {
  const navigate = useNavigate();
  const first = useRef(options);
  useEffect(() => {
    navigate({ ...first.current, replace: true } as NavigateOptions);
  }, [navigate]);
  return null;
}
