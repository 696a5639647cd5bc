import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useStatus } from "@/session/status.ts";
import styles from "./matters.module.css";

const route = getRouteApi("/app/integrations/matters");

/** Tells once how connecting Clio went, when Clio has sent the browser back. */
export function ReturnedFromClio() {
  const { clio, first } = route.useSearch();
  const [outcome] = useState(clio);
  const navigate = useNavigate();
  const status = useStatus();
  useEffect(() => {
    if (!clio) return;
    if (clio === "connected") {
      navigate({ to: "/integrations/matters", search: first ? { first } : {}, replace: true });
    } else {
      navigate({ to: "/integrations/clio", search: { clio }, replace: true });
    }
  }, [clio, first, navigate]);
  const as = status?.clioIntegration;
  if (outcome !== "connected" && !first) return null;
  const names = [as?.clioUserName, as?.clioFirmName].filter(Boolean).join(", ");
  return (
    <p className={styles.lead}>
      {names === "" ? "Clio is connected." : `Connected as ${names}.`} Choose the people to watch: each matter becomes a
      watch.
    </p>
  );
}
