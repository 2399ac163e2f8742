/** Where the records are, without a map: figures by province, then city, then district; each opens its records. */
import { Breadcrumb, Skeleton } from "antd";
import { useState } from "react";
import type { Field, FilterNode, MeasureSpec, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { useFormat } from "@/kit";
import { both } from "../filter/tree";
import { useT } from "../messages";
import { useGroups } from "../table/useRecords";
import type { ListControls } from "../useListState";
import styles from "./regions.module.css";

const LEVELS = ["province", "city", "district"] as const;

export function RegionsPane({ object, list }: { object: ObjectSchema; list: ListControls }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const [path, setPath] = useState("");
  const field = list.groupBy ?? "";
  const depth = path ? path.split("/").length : 0;
  const bucket = LEVELS[Math.min(depth, LEVELS.length - 1)] ?? "province";
  const moneys = object.fields.filter((each) => each.type === "money" && each.measures.includes("sum"));
  const amount = moneys.find((each) => list.columns.some((column) => column.field === each.key)) ?? moneys[0];
  const inside: FilterNode | null = path ? { field, op: "within", value: path } : null;
  const measures: MeasureSpec[] = [{ op: "count", as: "count" }, ...sumOf(amount)];
  const groups = useGroups(object.key, {
    filter: both(list.filter, inside),
    q: list.q || undefined,
    group: [{ field, bucket }],
    measures,
    sort: "-count",
    limit: 200,
  });
  if (groups.isPending) return <Skeleton active paragraph={{ rows: 8 }} className={styles.waiting} />;
  const rows = groups.data ?? [];
  const most = Math.max(1, ...rows.map((row) => row.values.count ?? 0));
  const names = path.split("/").filter(Boolean);
  const open = (filter: FilterNode) => list.patch({ filter: both(list.filter, filter), kind: "table", open: null });
  return (
    <div className={styles.pane}>
      <Breadcrumb
        items={[
          { title: <Step text={t("regions.all")} onClick={() => setPath("")} /> },
          ...names.map((name, i) => ({
            title: <Step text={name} onClick={() => setPath(names.slice(0, i + 1).join("/"))} />,
          })),
        ]}
      />
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t(`regions.${bucket}`)}</th>
            <th scope="col">{label(object.label_plural)}</th>
            {amount && <th scope="col">{label(amount.label)}</th>}
            <th scope="col">
              <span className="gx-hidden">{t("regions.open")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = row.keys[field];
            const name = typeof key === "string" ? (key.split("/").at(-1) ?? key) : t("regions.none");
            const count = row.values.count ?? 0;
            return (
              <tr key={String(key)}>
                <th scope="row">
                  {typeof key === "string" && depth < 2 ? <Step text={name} onClick={() => setPath(key)} /> : name}
                </th>
                <td>
                  <span className={styles.bar} style={{ width: `${(count / most) * 60}%` }} aria-hidden="true" />
                  {format.number(count)}
                </td>
                {amount && <td>{format.moneyShort(row.values.sum ?? 0)}</td>}
                <td>
                  <Step
                    text={t("regions.open")}
                    onClick={() =>
                      open(
                        typeof key === "string"
                          ? { field, op: "within", value: key }
                          : ({ field, op: "is_empty" } as FilterNode),
                      )
                    }
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Step({ text, onClick }: { text: string; onClick: () => void }) {
  return (
    <button type="button" className={`gx-link ${styles.step}`} onClick={onClick}>
      {text}
    </button>
  );
}

const sumOf = (amount: Field | undefined): MeasureSpec[] =>
  amount ? [{ op: "sum", field: amount.key, as: "sum" }] : [];
