import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from "react";
import { Actions } from "@/ui/Actions.tsx";
import { Button } from "@/ui/Button.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { ErrorSummary, focusInput } from "@/ui/ErrorSummary.tsx";
import { Note } from "@/ui/Note.tsx";
import { ClashNote } from "./ClashNote.tsx";
import type { Errors } from "./errors.ts";
import styles from "./form.module.css";
import { type Save, useWatchForm } from "./useWatchForm.ts";
import type { FormField, TextField, Values } from "./values.ts";
import { WatchFields } from "./WatchFields.tsx";

interface WatchFormProps {
  start: Values;
  onSave: Save;
  /** The link that leaves the form without saving. */
  cancel: ReactNode;
  isLinked?: boolean;
  hintOf?: (field: TextField, value: string) => string | undefined;
  /** The field to begin with. */
  field?: FormField | undefined;
}

const noHint = () => undefined;

/** The form of a new watch and of an edit. Enter in a line or ⌘Enter anywhere saves. */
export function WatchForm({ start, onSave, cancel, isLinked = false, hintOf = noHint, field }: WatchFormProps) {
  const form = useWatchForm(start, onSave);
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!field) return;
    // After the heading has had the focus, as on every page that is opened.
    const frame = requestAnimationFrame(() => focusInput(field));
    return () => cancelAnimationFrame(frame);
  }, [field]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.submit();
  };
  // Captured: date fields keep their keys to themselves.
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    element.current?.requestSubmit();
  };
  const problem = form.errors[""];
  // The summary takes the focus when it is given other errors, so they stay the same while one types.
  const fieldErrors = useMemo(() => ofFields(form.errors), [form.errors]);
  return (
    <form ref={element} className={styles.form} noValidate onSubmit={submit} onKeyDownCapture={press}>
      {form.clash && <ClashNote clash={form.clash} onChoose={form.choose} />}
      <ErrorSummary errors={fieldErrors} />
      <WatchFields form={form} hintOf={hintOf} isLinked={isLinked} />
      {problem && (
        <Note tone="danger" role="alert" title="Not saved">
          {problem}
        </Note>
      )}
      <Actions>
        <Button look="main" type="submit" isBusy={form.isBusy} busyText="Saving…">
          Save
        </Button>
        {cancel}
        <span className={`${styles.keys} not-phone`}>{saveKey} saves</span>
      </Actions>
      <ConfirmDialog
        isOpen={form.guard.isAsking}
        onClose={form.guard.stay}
        title="Leave without saving?"
        confirm="Leave without saving"
        onConfirm={form.guard.leave}
        isDanger
        cancel="Stay here"
      >
        <p>What you typed here is lost. The watch stays as it was.</p>
      </ConfirmDialog>
    </form>
  );
}

function ofFields({ "": _whole, ...fields }: Errors): Errors {
  return fields;
}

const saveKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘ Enter" : "Ctrl Enter";
