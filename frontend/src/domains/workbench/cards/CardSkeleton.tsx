import { Skeleton } from "antd";
import styles from "../workbench.module.css";

/** Holds a card's place until its answer is there. */
export function CardSkeleton() {
  return <Skeleton active title={false} paragraph={{ rows: 4, width: "100%" }} className={styles.skeleton} />;
}
