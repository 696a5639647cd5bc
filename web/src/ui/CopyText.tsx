import { useState } from "react";
import { Actions } from "./Actions.tsx";
import { Button } from "./Button.tsx";
import styles from "./CopyText.module.css";
import { CheckIcon, CopyIcon } from "./icons.ts";
import { announce } from "./LiveRegion.tsx";

/** A text that is shown once, with a button that copies it. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      announce("It could not be copied. Select the text and copy it yourself.", "assertive");
      return;
    }
    setIsCopied(true);
    announce("Copied.");
  };
  return (
    <>
      <code className={styles.text}>{text}</code>
      <Actions>
        <Button look="main" icon={isCopied ? CheckIcon : CopyIcon} onClick={copy}>
          {isCopied ? "Copied" : label}
        </Button>
      </Actions>
    </>
  );
}
