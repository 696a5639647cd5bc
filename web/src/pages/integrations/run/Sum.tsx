import { Fragment } from "react";
import { number, runSum } from "@/format/counts.ts";
import { classes } from "@/ui/classes.ts";
import type { Run } from "./fragments.ts";
import styles from "./run.module.css";

/** How far a run is, and how its watches ended: a bar, and the sum that adds up. */
export function Sum({ run }: { run: Run }) {
  const { parts, processed, selected, rest, sentence } = runSum(run.counts, run.dryRun);
  const whole = Math.max(selected, 1);
  return (
    <>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label="Watches looked at"
        aria-valuemin={0}
        aria-valuemax={whole}
        aria-valuenow={processed}
        aria-valuetext={sentence}
      >
        {parts.map(
          (each) =>
            each.count > 0 && (
              <span key={each.key} className={styles[each.key]} style={{ width: `${(each.count / whole) * 100}%` }} />
            ),
        )}
      </div>
      <ul className={styles.sum}>
        {parts.map((each, at) => (
          <Fragment key={each.key}>
            {at > 0 && (
              <li className={styles.sign} aria-hidden="true">
                +
              </li>
            )}
            <li className={classes(each.count === 0 && styles.none)}>
              <span className={classes(styles.key, styles[each.key])} />
              <b>{number(each.count)}</b> {each.words}
            </li>
          </Fragment>
        ))}
        <li className={styles.total}>
          <span aria-hidden="true">=</span> <b>{number(processed)}</b> {rest}
        </li>
      </ul>
    </>
  );
}
