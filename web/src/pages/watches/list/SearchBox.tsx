import { type FormEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { watchSearchId } from "@/app/TopBar.tsx";
import field from "@/ui/Field.module.css";
import { Icon } from "@/ui/Icon.tsx";
import { SearchIcon } from "@/ui/icons.ts";
import styles from "./list.module.css";
import { longestSearch } from "./search.ts";

const delay = 250; // milliseconds, so that not each letter is a search

interface SearchBoxProps {
  /** What the address searches for. */
  text: string;
  onSearch: (text: string) => void;
}

/** Searches while one types. */
export function SearchBox({ text, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(text);
  const sent = useRef(text);
  const send = useEffectEvent((value: string) => {
    if (value === sent.current) return;
    sent.current = value;
    onSearch(value);
  });
  useEffect(() => {
    const timer = setTimeout(() => send(typed.trim()), delay);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    // Changed by others: Back, or Clear search.
    if (text === sent.current) return;
    sent.current = text;
    setTyped(text);
  }, [text]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(typed.trim());
  };
  return (
    <search className={styles.search}>
      <form onSubmit={submit}>
        <Icon of={SearchIcon} />
        <input
          id={watchSearchId}
          className={field.input}
          type="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={longestSearch}
          aria-label="Search watches by name, case number or attorney"
          placeholder="Name, case number or attorney"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </form>
    </search>
  );
}
