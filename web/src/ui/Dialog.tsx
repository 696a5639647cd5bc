import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Actions } from "./Actions.tsx";
import { Button } from "./Button.tsx";
import { classes } from "./classes.ts";
import styles from "./Dialog.module.css";

interface DialogProps {
  isOpen: boolean;
  /** Called by Escape, and by a press outside where isDismissable. */
  onClose: () => void;
  title: ReactNode;
  children?: ReactNode;
  /** The buttons. */
  actions?: ReactNode;
  /** alertdialog for what interrupts. */
  role?: "dialog" | "alertdialog";
  /** Whether a press outside closes it too. */
  isDismissable?: boolean;
  /** Whether Escape does nothing: for what must be answered. */
  mustAnswer?: boolean;
  isWide?: boolean;
}

/** A question or a form over the page. It keeps the focus, and gives it back. */
export function Dialog({
  isOpen,
  onClose,
  title,
  children,
  actions,
  role = "dialog",
  isDismissable = false,
  mustAnswer = false,
  isWide = false,
}: DialogProps) {
  return (
    <ModalOverlay
      className={styles.overlay ?? ""}
      isOpen={isOpen}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={mustAnswer}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={classes(styles.modal, isWide && styles.wide)}>
        <AriaDialog className={styles.dialog ?? ""} role={role}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
          {actions && <Actions className={styles.actions}>{actions}</Actions>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmProps {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** What will happen, and what will be lost. */
  children: ReactNode;
  /** The words of the button that does it: what it does, never "OK". */
  confirm: string;
  onConfirm: () => void;
  isBusy?: boolean;
  /** Whether something is lost for good. */
  isDanger?: boolean;
  /** Another way out, beside Cancel. */
  instead?: ReactNode;
  cancel?: string;
}

/** A question before something that can't be undone. */
export function ConfirmDialog({
  confirm,
  onConfirm,
  isBusy,
  isDanger = false,
  instead,
  cancel = "Cancel",
  children,
  ...dialog
}: ConfirmProps) {
  return (
    <Dialog
      {...dialog}
      role="alertdialog"
      actions={
        <>
          <Button look={isDanger ? "danger" : "main"} isBusy={isBusy} onClick={onConfirm}>
            {confirm}
          </Button>
          {instead}
          <Button look={instead ? "quiet" : "plain"} onClick={dialog.onClose}>
            {cancel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
