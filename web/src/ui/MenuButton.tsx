import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import styles from "./Button.module.css";
import { classes } from "./classes.ts";
import { Icon } from "./Icon.tsx";
import { DownIcon } from "./icons.ts";

interface MenuButtonProps {
  children?: ReactNode;
  icon?: LucideIcon;
  /** Its name, where it has no words. */
  "aria-label"?: string;
  isSmall?: boolean;
  /** The whole class, in place of the look of a button. */
  className?: string;
}

/** The button that opens a menu or a popover. */
export function MenuButton({ children, icon, isSmall = false, className, "aria-label": label }: MenuButtonProps) {
  const look = classes(styles.button, isSmall && styles.small, children === undefined && styles.iconOnly);
  return (
    <AriaButton className={className ?? look} {...(label !== undefined && { "aria-label": label })}>
      {icon && <Icon of={icon} />}
      {children}
      {children !== undefined && className === undefined && <Icon of={DownIcon} />}
    </AriaButton>
  );
}
