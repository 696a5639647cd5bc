import type { ReactNode } from "react";
import { Brand } from "@/ui/Brand.tsx";
import { Card } from "@/ui/Card.tsx";
import { Title } from "@/ui/Title.tsx";
import styles from "./account.module.css";

interface BareProps {
  title: string;
  children: ReactNode;
  /** Below the card. */
  help?: ReactNode;
}

/** A page without the frame: one card, for those who are not signed in. */
export function Bare({ title, children, help }: BareProps) {
  return (
    <main id="main" className={styles.bare}>
      <Title>{title}</Title>
      <div className={styles.brand}>
        <Brand />
        Watchkeeper
      </div>
      <Card className={styles.card}>
        <h1 tabIndex={-1}>{title}</h1>
        {children}
      </Card>
      {help && <p className={styles.help}>{help}</p>}
    </main>
  );
}
