import { Button } from "antd";
import type { ReactNode } from "react";
import { currentLocale, switchLocale } from "@/i18n";
import { usePageTitle } from "@/kit";
import styles from "./consent.module.css";

/** A page for somebody without an account: one sheet of paper, and the other language a click away. */
export function PublicSheet({ title, children }: { title: string; children?: ReactNode }) {
  const other = currentLocale() === "en" ? "zh-CN" : "en";
  usePageTitle(title);
  return (
    <main className={styles.public}>
      <div className={styles.bar}>
        <Button type="text" lang={other} onClick={() => void switchLocale(other)}>
          {other === "en" ? "English" : "中文"}
        </Button>
      </div>
      <article className={styles.sheet}>
        {title && <h1>{title}</h1>}
        {children}
      </article>
    </main>
  );
}
