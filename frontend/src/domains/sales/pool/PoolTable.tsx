import { Button, Checkbox } from "antd";
import { Link } from "react-router";
import type { Field } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { FieldRead } from "@/engine/fields";
import { useLabel } from "@/i18n";
import { useT } from "./messages";
import styles from "./pool.module.css";
import type { Pool, PooledPage, PooledRecord } from "./queries";

interface Props {
  pool: Pool;
  fields: PooledPage["fields"];
  rows: PooledRecord[];
  chosen: string[];
  busy: boolean;
  onChoose: (ids: string[]) => void;
  onClaim: (id: string) => void;
}

/** A pool's records: what is masked shows as a mask, and the way to it is claiming. */
export function PoolTable({ pool, fields, rows, chosen, busy, onChoose, onClaim }: Props) {
  const t = useT();
  const label = useLabel();
  const object = useSchema().byKey.get(pool.object);
  const known = new Map(object?.fields.map((field) => [field.key, field]));
  const columns = fields.flatMap((each) => {
    const field = known.get(each.key);
    const filled = rows.some((row) => row[each.key] !== null);
    return field && filled ? [{ ...each, field: each.masked ? ({ ...field, masked: true } as Field) : field }] : [];
  });
  const opens = !fields.some((each) => each.masked);
  const flip = (id: string, on: boolean) => onChoose(on ? [...chosen, id] : chosen.filter((each) => each !== id));
  const everyone = rows.every((row) => chosen.includes(row.id));
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>
              <Checkbox
                aria-label={t("all")}
                checked={everyone}
                indeterminate={!everyone && chosen.length > 0}
                onChange={(event) => onChoose(event.target.checked ? rows.map((row) => row.id) : [])}
              />
            </th>
            <th>{label(known.get(object?.title_field ?? "")?.label ?? object?.label)}</th>
            {columns.map((column) => (
              <th key={column.key}>{label(column.label)}</th>
            ))}
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-chosen={chosen.includes(row.id) || undefined}>
              <td>
                <Checkbox
                  aria-label={t("choose", { name: row.title })}
                  checked={chosen.includes(row.id)}
                  onChange={(event) => flip(row.id, event.target.checked)}
                />
              </td>
              <td>
                {opens ? (
                  <Link to={`/o/${pool.object}/${row.id}`}>{row.title}</Link>
                ) : (
                  <b className="gx-cut">{row.title}</b>
                )}
              </td>
              {columns.map((column) => (
                <td key={column.key} title={column.masked ? t("masked") : undefined}>
                  <FieldRead field={column.field} value={row[column.key]} place="cell" />
                </td>
              ))}
              <td>
                {pool.claimable && (
                  <Button size="small" disabled={busy || pool.left === 0} onClick={() => onClaim(row.id)}>
                    {t("claim")}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
