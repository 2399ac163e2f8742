import { ArrowRight } from "lucide-react";
import { Icon } from "@/kit";
import { changed, type Flat } from "./model";
import type { Matrix } from "./queries";
import styles from "./roles.module.css";
import { useChangeWords } from "./useChangeWords";

/** What differs between two states of a role, line by line. */
export function ChangeList({ before, after, matrix }: { before: Flat; after: Flat; matrix: Matrix }) {
  const words = useChangeWords(matrix);
  return (
    <ul className={styles.changeList}>
      {changed(before, after).map((path) => {
        const line = words(before, after, path);
        return (
          <li key={path}>
            <span className="gx-cut">{line.name}</span>
            <span className="gx-3">{line.before}</span>
            <Icon as={ArrowRight} size={12} className="gx-3" />
            <b>{line.after}</b>
          </li>
        );
      })}
    </ul>
  );
}
