import type { ReactNode } from "react";
import type { Me } from "@/api";
import { ViewingBanner } from "./ViewingBanner";
import styles from "./viewing.module.css";

/** The product as somebody else sees it, below the banner that says so. */
export function Viewed({ viewing, children }: { viewing: NonNullable<Me["viewing"]>; children?: ReactNode }) {
  return (
    <div className={styles.framed}>
      <ViewingBanner viewing={viewing} />
      {children}
    </div>
  );
}
