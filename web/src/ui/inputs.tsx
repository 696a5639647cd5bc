import { type ComponentProps, useState } from "react";
import { Button } from "./Button.tsx";
import styles from "./Field.module.css";
import { Field, type FieldProps } from "./Field.tsx";
import { Icon } from "./Icon.tsx";
import { DownIcon } from "./icons.ts";

function split<Props extends FieldProps>({ label, hint, error, isOptional, isLabelHidden, ...input }: Props) {
  const field: FieldProps = { label };
  if (hint !== undefined) field.hint = hint;
  if (error !== undefined) field.error = error;
  if (isOptional !== undefined) field.isOptional = isOptional;
  if (isLabelHidden !== undefined) field.isLabelHidden = isLabelHidden;
  return { field, input };
}

/** A line of text. */
export function TextField(props: FieldProps & ComponentProps<"input">) {
  const { field, input } = split(props);
  return (
    <Field {...field} id={props.id}>
      {(described) => <input type="text" autoComplete="off" {...input} {...described} />}
    </Field>
  );
}

/** Several lines of text. */
export function TextArea(props: FieldProps & ComponentProps<"textarea">) {
  const { field, input } = split(props);
  return (
    <Field {...field} id={props.id}>
      {(described) => <textarea rows={4} {...input} {...described} />}
    </Field>
  );
}

/** A choice of one of a few. Its children are options. */
export function SelectField(props: FieldProps & ComponentProps<"select">) {
  const { field, input } = split(props);
  return (
    <Field {...field} id={props.id}>
      {(described) => (
        <div className={styles.select}>
          <select {...input} {...described} />
          <Icon of={DownIcon} />
        </div>
      )}
    </Field>
  );
}

/** A password, which can be shown. Password managers may fill it in. */
export function PasswordField(props: FieldProps & ComponentProps<"input">) {
  const [isShown, setIsShown] = useState(false);
  const { field, input } = split(props);
  return (
    <Field {...field} id={props.id}>
      {(described) => (
        <div className={styles.password}>
          <input {...input} {...described} type={isShown ? "text" : "password"} spellCheck={false} />
          <Button
            look="link"
            className={styles.show}
            aria-label={isShown ? "Hide password" : "Show password"}
            aria-pressed={isShown}
            onClick={() => setIsShown(!isShown)}
          >
            {isShown ? "Hide" : "Show"}
          </Button>
        </div>
      )}
    </Field>
  );
}
