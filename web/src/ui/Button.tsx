import { createLink } from "@tanstack/react-router";
import type { LucideIcon } from "lucide-react";
import { type ComponentProps, type ReactNode, useEffect, useRef, useState } from "react";
import styles from "./Button.module.css";
import { classes } from "./classes.ts";
import { Icon } from "./Icon.tsx";
import { SyncIcon } from "./icons.ts";

interface Look {
  /** The look: main, of which a page has one; plain; quiet, without an edge; danger, which loses something; link, in running text. */
  look?: "main" | "plain" | "quiet" | "danger" | "link" | undefined;
  /** Whether it is in a row or a card. */
  isSmall?: boolean | undefined;
  /** An icon before the words. */
  icon?: LucideIcon | undefined;
  /** An icon after the words. */
  iconAfter?: LucideIcon | undefined;
}

type ButtonProps = Omit<ComponentProps<"button">, "aria-busy"> &
  Look & {
    /** Whether what it does is under way: further presses are ignored, and the focus stays. */
    isBusy?: boolean | undefined;
    /** The words while it is busy: "Asking Clio…". */
    busyText?: string | undefined;
    /** The words after five seconds: "Clio is slow today". */
    slowText?: string | undefined;
  };

const slowAfter = 5000; // milliseconds

function looks({ look = "plain", isSmall }: Look, hasWords: boolean): string {
  return classes(
    styles.button,
    look !== "plain" && styles[look],
    isSmall && styles.small,
    !hasWords && look !== "link" && styles.iconOnly,
  );
}

/** A button that keeps its width and the focus while it is at work. */
export function Button({
  look,
  isSmall,
  icon,
  iconAfter,
  isBusy = false,
  busyText,
  slowText,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const ref = useRef<HTMLButtonElement>(null);
  const [width, setWidth] = useState<number>();
  const isSlow = useSlow(isBusy && slowText !== undefined);
  const words: ReactNode = isBusy ? ((isSlow ? slowText : busyText) ?? children) : children;
  const shown = isBusy && icon ? SyncIcon : icon;
  useEffect(() => {
    if (!isBusy) setWidth(undefined);
  }, [isBusy]);
  return (
    <button
      {...rest}
      ref={ref}
      type={type}
      aria-busy={isBusy || undefined}
      className={classes(looks({ look, isSmall }, children !== undefined), className)}
      style={width === undefined ? rest.style : { ...rest.style, minWidth: width }}
      onClick={(event) => {
        if (isBusy) {
          event.preventDefault();
          return;
        }
        setWidth(ref.current?.offsetWidth);
        onClick?.(event);
      }}
    >
      {shown && <Icon of={shown} className={isBusy ? styles.turning : undefined} />}
      {words}
      {iconAfter && <Icon of={iconAfter} />}
    </button>
  );
}

function useSlow(isWaiting: boolean): boolean {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    if (!isWaiting) {
      setIsSlow(false);
      return;
    }
    const timer = setTimeout(() => setIsSlow(true), slowAfter);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return isSlow;
}

function Anchor({ look, isSmall, icon, iconAfter, className, children, ...rest }: ComponentProps<"a"> & Look) {
  return (
    <a {...rest} className={classes(looks({ look, isSmall }, children !== undefined), className)}>
      {icon && <Icon of={icon} />}
      {children}
      {iconAfter && <Icon of={iconAfter} />}
    </a>
  );
}

/** A link to one of the console's addresses that looks like a button. */
export const ButtonLink = createLink(Anchor);

/** A link to another site that looks like a button, and opens in a tab of its own. */
export function ExternalButtonLink(props: ComponentProps<"a"> & Look) {
  return <Anchor target="_blank" rel="noreferrer" {...props} />;
}
