import { useEffect, useRef } from "react";
import styles from "./ErrorSummary.module.css";

interface ErrorSummaryProps {
  /** What is wrong, by the id of the input; "" belongs to none. */
  errors: Record<string, string>;
}

/** What a form has to be put right, first of all: it takes the focus, and its links lead to the inputs. */
export function ErrorSummary({ errors }: ErrorSummaryProps) {
  const ref = useRef<HTMLDivElement>(null);
  const entries = Object.entries(errors);
  useEffect(() => {
    if (Object.keys(errors).length > 0) ref.current?.focus();
  }, [errors]);
  if (entries.length === 0) return null;
  return (
    <div ref={ref} className={styles.summary} role="alert" tabIndex={-1}>
      <h2>
        {entries.length === 1 ? "There is 1 thing to put right" : `There are ${entries.length} things to put right`}
      </h2>
      <ul>
        {entries.map(([id, message]) => (
          <li key={id}>{id === "" ? message : <FieldLink id={id} message={message} />}</li>
        ))}
      </ul>
    </div>
  );
}

function FieldLink({ id, message }: { id: string; message: string }) {
  return (
    <a
      href={`#${id}`}
      onClick={(event) => {
        event.preventDefault();
        focusInput(id);
      }}
    >
      {message}
    </a>
  );
}

/** Focuses an input, or the first part of one that has several. */
export function focusInput(id: string) {
  const found = document.getElementById(id);
  const part = found?.querySelector<HTMLElement>("[role=spinbutton], input, select, textarea");
  (part ?? found)?.focus();
}
