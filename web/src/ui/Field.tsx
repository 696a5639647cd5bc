import { type ReactNode, useId } from "react";
import styles from "./Field.module.css";
import { Icon } from "./Icon.tsx";
import { ErrorIcon } from "./icons.ts";

/** What every field of a form has. */
export interface FieldProps {
  label: ReactNode;
  /** Below the input. */
  hint?: ReactNode;
  /** What is wrong with the value, above the input. */
  error?: string | undefined;
  /** Whether to say beside the label that it may stay empty. */
  isOptional?: boolean;
  /** Whether the label is only heard: where what it is stands beside it. */
  isLabelHidden?: boolean;
}

/** What an input has to be given, so that its label, hint and error are read with it. */
export interface Described {
  id: string;
  className: string | undefined;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

/** A label, an input, and what is said about it. */
export function Field({
  label,
  hint,
  error,
  isOptional = false,
  isLabelHidden = false,
  id: givenId,
  children,
}: FieldProps & { id?: string | undefined; children: (input: Described) => ReactNode }) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [error && errorId, hint && hintId].filter(Boolean).join(" ") || undefined;
  return (
    <div className={styles.field}>
      <label className={isLabelHidden ? "vh" : styles.label} htmlFor={id}>
        {label}
        {isOptional && <span className={styles.optional}> (optional)</span>}
      </label>
      {error && (
        <p className={styles.error} id={errorId}>
          <Icon of={ErrorIcon} />
          {error}
        </p>
      )}
      {children({
        id,
        className: styles.input,
        "aria-describedby": described,
        "aria-invalid": error ? true : undefined,
      })}
      {hint && (
        <span className={styles.hint} id={hintId}>
          {hint}
        </span>
      )}
    </div>
  );
}
