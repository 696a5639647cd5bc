import { priorityWords } from "@/format/words/fields.ts";
import { classes } from "@/ui/classes.ts";
import { Icon } from "@/ui/Icon.tsx";
import { PriorityIcon } from "@/ui/icons.ts";
import styles from "./aside.module.css";

/** How urgent a watch is: with a flag where it is more than usual. */
export function Priority({ level, isLong = false }: { level: string; isLong?: boolean }) {
  const isMore = level === "URGENT" || level === "HIGH";
  const words = priorityWords(level);
  return (
    <span className={classes(level === "URGENT" && styles.urgent, level === "HIGH" && styles.high)}>
      {isMore && <Icon of={PriorityIcon} />} {isLong && level !== "URGENT" ? `${words} priority` : words}
    </span>
  );
}
