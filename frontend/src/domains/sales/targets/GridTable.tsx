import { App, Button } from "antd";
import { Building2, Split, Users } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { Avatar, Icon, useFormat } from "@/kit";
import { GridCell } from "./GridCell";
import { useT } from "./messages";
import { type Cell, depths, type Grid, type GridRow } from "./model";
import { cellsOf } from "./paste";
import { SplitDrawer } from "./SplitDrawer";
import { partsOf, total } from "./sums";
import styles from "./targets.module.css";
import type { useDraft } from "./useDraft";
import { useFigures } from "./useFigures";

interface Props {
  grid: Grid;
  draft: ReturnType<typeof useDraft>;
}

/** People and teams by period. A team without a number of its own shows what its parts come to. */
export function GridTable({ grid, draft }: Props) {
  const t = useT();
  const { message } = App.useApp();
  const { head } = useFigures();
  const format = useFormat();
  const { value, put } = draft;
  const [split, setSplit] = useState<GridRow | null>(null);
  const deep = useMemo(() => depths(grid.rows), [grid]);
  const parts = useMemo(() => grid.starts.map((_, column) => partsOf(grid.rows, column, value)), [grid, value]);
  const commit = useCallback(
    (row: number, column: number, amount: number | null) => put([{ row, column, amount }]),
    [put],
  );
  const paste = useCallback(
    (row: number, column: number, text: string) => {
      let bad = 0;
      const found = cellsOf(text).flatMap((line, down) =>
        line.flatMap((amount, right) => {
          const at = { row: row + down, column: column + right, amount };
          if (at.column >= grid.starts.length || !grid.rows[at.row]?.may) return [];
          if (!Number.isNaN(amount)) return [at];
          bad += 1;
          return [];
        }),
      );
      put(found);
      if (bad > 0) void message.warning(t("paste_bad", { n: bad }));
    },
    [grid, put, message, t],
  );
  const fill = (cells: Cell[]) => {
    const rows = new Map(grid.rows.map((row, index) => [`${row.kind}:${row.id}`, index]));
    const columns = new Map(grid.starts.map((start, index) => [start, index]));
    put(
      cells.flatMap(({ kind, id, start, amount }) => {
        const row = rows.get(`${kind}:${id}`);
        const column = columns.get(start);
        return row === undefined || column === undefined ? [] : [{ row, column, amount }];
      }),
    );
    void message.success(t("split_filled"));
  };
  const show = useCallback((amount: number) => format.number(amount), [format]);
  return (
    <div className={styles.gridBox}>
      <table className={styles.grid}>
        <thead>
          <tr>
            <th scope="col">{t("who")}</th>
            {grid.starts.map((start) => (
              <th key={start} scope="col">
                {head(grid.plan.unit, start)}
              </th>
            ))}
            <th scope="col">{t("sum")}</th>
            <th scope="col">{t("diff")}</th>
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row, index) => {
            const own = grid.starts.map((_, column) => value(index, column));
            const below = parts.map((column) => column[index] ?? null);
            const typed = total(own);
            const sum = row.kind === "user" ? typed : total(own.map((cell, column) => cell ?? below[column] ?? null));
            const over = own.reduce<number>(
              (all, cell, column) => all + (cell !== null && below[column] != null ? (below[column] ?? 0) - cell : 0),
              0,
            );
            const name = row.kind === "firm" ? t("firm") : row.name;
            return (
              <tr key={`${row.kind}:${row.id}`} data-kind={row.kind}>
                <th scope="row">
                  <div className={styles.gridName} style={{ paddingLeft: (deep[index] ?? 0) * 14 }}>
                    {row.kind === "user" ? (
                      <Avatar id={row.id} name={row.name} size="sm" />
                    ) : (
                      <Icon as={row.kind === "team" ? Users : Building2} size={16} />
                    )}
                    <span className="gx-cut" title={before(row, format.number, t)}>
                      {name}
                    </span>
                    {row.kind !== "user" && (
                      <Button
                        type="text"
                        size="small"
                        icon={<Icon as={Split} size={14} />}
                        aria-label={`${t("split")} ${name}`}
                        title={t("split")}
                        onClick={() => setSplit(row)}
                      />
                    )}
                  </div>
                </th>
                {grid.starts.map((start, column) => (
                  <GridCell
                    key={start}
                    row={index}
                    column={column}
                    value={own[column] ?? null}
                    hint={below[column] == null ? "" : show(below[column] ?? 0)}
                    label={t("cell", { name, period: head(grid.plan.unit, start) })}
                    edited={draft.isEdited(index, column)}
                    disabled={!row.may}
                    show={show}
                    onCommit={commit}
                    onPaste={paste}
                  />
                ))}
                <td className={styles.sum}>{sum === null ? "—" : show(sum)}</td>
                <td className={over === 0 ? "gx-3" : "gx-warn"}>
                  {Math.round(over * 100) === 0 ? "" : (over > 0 ? "+" : "") + show(Math.round(over * 100) / 100)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {split && <SplitDrawer grid={grid} row={split} onFill={fill} onClose={() => setSplit(null)} />}
    </div>
  );
}

function before(row: GridRow, show: (value: number) => string, t: ReturnType<typeof useT>): string | undefined {
  const last = row.before ? total(row.before) : null;
  return last ? t("last_year", { n: show(last) }) : undefined;
}
