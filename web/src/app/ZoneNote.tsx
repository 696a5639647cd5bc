import { zoneName } from "@/format/zones.ts";
import { useClock } from "@/session/clock.ts";
import styles from "./Shell.module.css";

/** Names the zone that all times are in, once on each page, where the browser's is another. */
export function ZoneNote() {
  const { zone } = useClock();
  if (Intl.DateTimeFormat().resolvedOptions().timeZone === zone) return null;
  return <p className={styles.zone}>Times are in your firm’s time zone, {zoneName(zone)}.</p>;
}
