import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";
import styles from "./choices.module.css";
import { classes } from "./classes.ts";

type InputProps = Omit<ComponentProps<"input">, "type" | "children">;

interface ChoiceProps extends InputProps {
  label: ReactNode;
  hint?: ReactNode;
}

/** A check box without words beside it: it needs aria-label. isMixed shows that some of what it stands for are checked. */
export function BareCheckbox({ isMixed = false, className, ...input }: InputProps & { isMixed?: boolean }) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = isMixed;
  }, [isMixed]);
  return <input {...input} ref={ref} type="checkbox" className={classes(styles.box, className)} />;
}

/** A radio button without words beside it. */
export function BareRadio({ className, ...input }: InputProps) {
  return <input {...input} type="radio" className={classes(styles.box, className)} />;
}

function Choice({ type, label, hint, ...input }: ChoiceProps & { type: "checkbox" | "radio" }) {
  const hintId = useId();
  return (
    <label className={styles.choice}>
      <input {...input} type={type} className={styles.box} aria-describedby={hint ? hintId : undefined} />
      <span>
        <b>{label}</b>
        {hint && (
          <span className={styles.hint} id={hintId}>
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}

/** A check box with its words. */
export function Checkbox(props: ChoiceProps) {
  return <Choice {...props} type="checkbox" />;
}

/** One of several radio buttons of a fieldset. */
export function Radio(props: ChoiceProps) {
  return <Choice {...props} type="radio" />;
}

/** A switch, its words before it. */
export function Switch({ label, hint, className, ...input }: ChoiceProps) {
  const hintId = useId();
  return (
    <label className={classes(styles.line, className)}>
      <span>
        <b>{label}</b>
        {hint && (
          <span className={styles.hint} id={hintId}>
            {hint}
          </span>
        )}
      </span>
      <input
        {...input}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a check box has its state by itself
        role="switch"
        className={classes(styles.box, styles.switch)}
        aria-describedby={hint ? hintId : undefined}
      />
    </label>
  );
}
