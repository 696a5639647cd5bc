import { differences, type Segment } from "@/format/differences.ts";
import styles from "./Changed.module.css";
import { EmptyValue } from "./EmptyValue.tsx";

interface ChangedProps {
  /** As words; null or "" is empty. */
  before: string | null | undefined;
  after: string | null | undefined;
}

/** A value before and after a change, the letters that differ underlined. */
export function Changed({ before, after }: ChangedProps) {
  const marked = differences(before ?? "", after ?? "");
  return (
    <span>
      <span className={styles.was}>
        <span className="vh">from </span>
        <Marked segments={marked.before} />
      </span>
      <span className={styles.arrow} aria-hidden="true">
        →
      </span>
      <span className={styles.now}>
        <span className="vh"> to </span>
        <Marked segments={marked.after} />
      </span>
    </span>
  );
}

/** A text with its differing stretches marked; a dash if it is empty. */
export function Marked({ segments }: { segments: readonly Segment[] }) {
  if (segments.every((each) => each.text === "")) return <EmptyValue />;
  return segments.map((each, at) =>
    each.differs ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no other name
      <mark key={at} className={styles.differs}>
        {each.text}
      </mark>
    ) : (
      each.text
    ),
  );
}
