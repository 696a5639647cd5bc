import { useState } from "react";
import { Button } from "@/ui/Button.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { useActiveKeys, useSingleKey } from "@/ui/keys.ts";
import styles from "./KeyHelp.module.css";

/** The list of the single keys of the page, by "?". */
export function KeyHelp() {
  const [isOpen, setIsOpen] = useState(false);
  const keys = useActiveKeys();
  const close = () => setIsOpen(false);
  useSingleKey("?", "This list", () => setIsOpen(true));
  return (
    <Dialog isOpen={isOpen} onClose={close} title="Keys" isDismissable actions={<Button onClick={close}>Close</Button>}>
      <dl className={styles.keys}>
        {keys.map(({ key, words }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p>They can be turned off in Settings, Profile.</p>
    </Dialog>
  );
}
