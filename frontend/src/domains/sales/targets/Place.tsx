import { Medal } from "lucide-react";
import { Icon } from "@/kit";
import styles from "./targets.module.css";

const MEDALS = ["gold", "silver", "bronze"] as const;

/** A place on a board: a medal for the first three, unless nothing was reached. */
export function Place({ rank, won }: { rank: number; won: boolean }) {
  const medal = won ? MEDALS[rank - 1] : undefined;
  if (!medal) return <>{rank}</>;
  return (
    <span data-medal={medal} className={styles.medal} title={String(rank)}>
      <Icon as={Medal} size={16} />
      <span className={styles.hidden}>{rank}</span>
    </span>
  );
}
