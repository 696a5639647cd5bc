import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import { CloseIcon, OkIcon } from "./icons.ts";
import styles from "./toasts.module.css";

interface Done {
  text: string;
  undo: () => void;
}

const queue = new ToastQueue<Done>({ maxVisibleToasts: 2 });
const shownFor = 10_000; // milliseconds; the time stands still while the toast has the pointer or the focus

/** Tells what was done, with the button that takes it back. */
export function toast(text: string, undo: () => void) {
  queue.add({ text, undo }, { timeout: shownFor });
}

/** Where toasts are shown. Once, at the root. */
export function Toasts() {
  return (
    <ToastRegion queue={queue} className={styles.region ?? ""} aria-label="Done">
      {({ toast: shown }) => (
        <Toast toast={shown} className={styles.toast ?? ""}>
          <Icon of={OkIcon} />
          <ToastContent className={styles.content ?? ""}>
            <Text slot="title">{shown.content.text}</Text>
          </ToastContent>
          <Button
            isSmall
            onClick={() => {
              queue.close(shown.key);
              shown.content.undo();
            }}
          >
            Undo
          </Button>
          <Button look="quiet" isSmall icon={CloseIcon} aria-label="Close" onClick={() => queue.close(shown.key)} />
        </Toast>
      )}
    </ToastRegion>
  );
}
