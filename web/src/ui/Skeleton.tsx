import styles from "./Skeleton.module.css";

const bars = ["a", "b", "c", "d"];

/** Grey rows in the place of those that are being loaded. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never move
        <div className={styles.row} key={row}>
          {bars.map((bar) => (
            <span className={styles.bar} key={bar} />
          ))}
        </div>
      ))}
    </div>
  );
}
