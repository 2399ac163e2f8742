import { Dropdown } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useSchema } from "@/api";
import { listPath } from "@/domains/workbench/list-path";
import { useLabel } from "@/i18n";
import type { FigureList } from "./model";
import styles from "./targets.module.css";

interface Props {
  lists: FigureList[];
  label: string;
  children: ReactNode;
}

/** A figure that opens the records it counts; where several kinds add up, one chooses which. */
export function FigureLink({ lists, label, children }: Props) {
  const { byKey } = useSchema();
  const text = useLabel();
  const [list] = lists;
  if (!list) return <span>{children}</span>;
  const to = (each: FigureList) => listPath(each.object, each.filter, each.sort);
  if (lists.length === 1)
    return (
      <Link className="gx-link" to={to(list)} aria-label={label}>
        {children}
      </Link>
    );
  const items = lists.map((each) => {
    const object = byKey.get(each.object);
    return {
      key: each.object,
      label: <Link to={to(each)}>{text(object?.label_plural ?? object?.label, each.object)}</Link>,
    };
  });
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <button type="button" className={`gx-link ${styles.figure}`} aria-label={label}>
        {children}
      </button>
    </Dropdown>
  );
}
