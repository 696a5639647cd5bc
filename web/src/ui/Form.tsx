import type { ReactNode } from "react";

interface FormProps {
  /** Called with the form, whose entries are read from it. The browser sends nothing, and checks nothing: the server's answer says what is wrong. */
  onSubmit: (form: HTMLFormElement) => void;
  className?: string | undefined;
  children: ReactNode;
}

/** A form that the console sends by itself. */
export function Form({ onSubmit, className, children }: FormProps) {
  return (
    <form
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(event.currentTarget);
      }}
    >
      {children}
    </form>
  );
}
