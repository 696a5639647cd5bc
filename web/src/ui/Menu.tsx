import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { MenuItem as AriaItem, Menu as AriaMenu, MenuTrigger, Popover, type Selection } from "react-aria-components";
import { Icon } from "./Icon.tsx";
import { CheckIcon } from "./icons.ts";
import styles from "./Menu.module.css";

interface MenuProps {
  /** What opens it: a MenuButton. */
  trigger: ReactElement;
  label: string;
  children: ReactNode;
}

/** Actions or links behind a button. */
export function Menu({ trigger, label, children }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover ?? ""} placement="bottom end">
        <AriaMenu className={styles.menu ?? ""} aria-label={label}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

interface MenuItemProps {
  children: ReactNode;
  icon?: LucideIcon;
  onAction?: () => void;
  /** One of the console's addresses. */
  href?: string;
  isDanger?: boolean;
}

/** One action or link of a Menu. */
export function MenuItem({ children, icon, onAction, href, isDanger = false }: MenuItemProps) {
  return (
    <AriaItem
      className={styles.item ?? ""}
      data-danger={isDanger || undefined}
      textValue={typeof children === "string" ? children : undefined}
      {...(onAction && { onAction })}
      {...(href !== undefined && { href })}
    >
      {icon && <Icon of={icon} />}
      {children}
    </AriaItem>
  );
}

/** What can be chosen in a ChoiceMenu. */
export interface MenuChoice {
  value: string;
  words: string;
  /** How many there are. */
  count?: number;
}

interface ChoiceMenuProps {
  trigger: ReactElement;
  label: string;
  choices: readonly MenuChoice[];
  chosen: readonly string[];
  onChoose: (chosen: string[]) => void;
  /** Whether several can be chosen. */
  isMultiple?: boolean;
}

/** A choice of one or several behind a button: filters, orders. */
export function ChoiceMenu({ trigger, label, choices, chosen, onChoose, isMultiple = false }: ChoiceMenuProps) {
  const choose = (keys: Selection) =>
    onChoose(keys === "all" ? choices.map((each) => each.value) : [...keys].map(String));
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover ?? ""} placement="bottom start">
        <AriaMenu
          className={styles.menu ?? ""}
          aria-label={label}
          selectionMode={isMultiple ? "multiple" : "single"}
          selectedKeys={[...chosen]}
          onSelectionChange={choose}
          items={choices.map((each) => ({ ...each, id: each.value }))}
        >
          {(each) => (
            <AriaItem className={styles.item ?? ""} textValue={each.words}>
              {({ isSelected }) => (
                <>
                  <span className={styles.mark}>{isSelected && <Icon of={CheckIcon} />}</span>
                  {each.words}
                  {each.count !== undefined && (
                    <span className={styles.count}>{each.count.toLocaleString("en-US")}</span>
                  )}
                </>
              )}
            </AriaItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
