import { type CalendarDate, parseDate } from "@internationalized/date";
import { DateField as AriaDateField, DateInput, DateSegment, I18nProvider, Label } from "react-aria-components";
import styles from "./DateField.module.css";
import fieldStyles from "./Field.module.css";
import type { FieldProps } from "./Field.tsx";
import { Icon } from "./Icon.tsx";
import { ErrorIcon } from "./icons.ts";

interface DateFieldProps extends FieldProps {
  id: string;
  /** YYYY-MM-DD; "" while it is empty or incomplete. */
  value: string;
  onChange: (value: string) => void;
}

/** A calendar date, typed as month, day and year: it can hold no other text. */
export function DateField({ id, label, hint, error, isOptional = false, value, onChange }: DateFieldProps) {
  return (
    <I18nProvider locale="en-US">
      <AriaDateField
        id={id}
        className={fieldStyles.field ?? ""}
        value={parsed(value)}
        onChange={(date) => onChange(date?.toString() ?? "")}
        isInvalid={error !== undefined}
        aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}
      >
        <Label className={fieldStyles.label ?? ""}>
          {label}
          {isOptional && <span className={fieldStyles.optional}> (optional)</span>}
        </Label>
        {error && (
          <p className={fieldStyles.error} id={`${id}-error`}>
            <Icon of={ErrorIcon} />
            {error}
          </p>
        )}
        <DateInput className={styles.input ?? ""}>
          {(segment) => <DateSegment segment={segment} className={styles.segment ?? ""} />}
        </DateInput>
        {hint && (
          <span className={fieldStyles.hint} id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </AriaDateField>
    </I18nProvider>
  );
}

function parsed(value: string): CalendarDate | null {
  try {
    return value === "" ? null : parseDate(value);
  } catch {
    return null;
  }
}
