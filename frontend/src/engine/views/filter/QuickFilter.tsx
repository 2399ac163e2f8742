import { useState } from "react";
import type { ObjectSchema } from "@/api/types";
import type { ListControls } from "../useListState";
import styles from "./filter.module.css";
import { LeafRow } from "./LeafRow";
import { firstOperator } from "./operators";
import { fromFilter, quickLeaf, setQuickLeaf, toFilter } from "./tree";

/** One condition on one column, kept at the root of the view's filter. */
export function QuickFilter({ object, path, list }: { object: ObjectSchema; path: string; list: ListControls }) {
  const group = fromFilter(list.filter);
  const field = object.fields.find((each) => each.key === path);
  const [leaf, setLeaf] = useState(quickLeaf(group, path)?.leaf ?? { field: path, op: firstOperator(field) });
  const apply = (next: typeof leaf | null) => list.setFilter(toFilter(setQuickLeaf(group, path, next)));
  return (
    <div className={styles.quick}>
      <LeafRow
        object={object}
        leaf={leaf}
        onChange={(next) => {
          setLeaf(next);
          apply(next);
        }}
        onRemove={() => {
          setLeaf({ field: path, op: leaf.op });
          apply(null);
        }}
      />
    </div>
  );
}
