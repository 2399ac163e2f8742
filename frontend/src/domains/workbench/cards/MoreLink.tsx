import { ChevronRight } from "lucide-react";
import { Link } from "react-router";
import { Icon } from "@/kit";
import styles from "../workbench.module.css";

/** "全部 ›": the list behind a card. The card's title makes the link's name unmistakable. */
export function MoreLink({ to, word, of }: { to: string; word: string; of: string }) {
  return (
    <Link to={to} aria-label={`${word}: ${of}`} className={styles.moreLink}>
      {word}
      <Icon as={ChevronRight} size={12} />
    </Link>
  );
}
