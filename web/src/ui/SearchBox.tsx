import { type FormEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import field from "./Field.module.css";
import { Icon } from "./Icon.tsx";
import { SearchIcon } from "./icons.ts";
import styles from "./SearchBox.module.css";

const delay = 250; // milliseconds, so that not each letter is a search

interface SearchBoxProps {
  /** What is searched for, as the address says. */
  text: string;
  onSearch: (text: string) => void;
  label: string;
  placeholder: string;
  id?: string;
  maxLength?: number;
}

/** Searches while one types. */
export function SearchBox({ text, onSearch, label, placeholder, id, maxLength = 200 }: SearchBoxProps) {
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
          id={id}
          className={field.input}
          type="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={maxLength}
          aria-label={label}
          placeholder={placeholder}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </form>
    </search>
  );
}
