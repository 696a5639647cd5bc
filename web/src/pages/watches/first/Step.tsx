import type { ReactNode } from "react";
import { Actions } from "@/ui/Actions.tsx";
import { classes } from "@/ui/classes.ts";
import { Icon } from "@/ui/Icon.tsx";
import { CheckIcon } from "@/ui/icons.ts";
import styles from "./first.module.css";
import type { StepState } from "./steps.ts";

interface StepProps {
  number: number;
  state: StepState;
  title: string;
  children: ReactNode;
  /** The buttons, shown when it is this step's turn. */
  actions?: ReactNode;
  /** What went wrong. */
  problem?: ReactNode;
}

/** One of the first steps. */
export function Step({ number, state, title, children, actions, problem }: StepProps) {
  const isDone = state === "done";
  return (
    <li className={classes(styles.step, styles[state])} aria-current={state === "now" ? "step" : undefined}>
      <span className={styles.number} aria-hidden="true">
        {isDone ? <Icon of={CheckIcon} /> : number}
      </span>
      <div>
        <h2>
          {title}
          {isDone && <span className="vh">, done</span>}
        </h2>
        <p>{children}</p>
        {problem}
        {state === "now" && actions && <Actions className={styles.actions}>{actions}</Actions>}
      </div>
    </li>
  );
}
