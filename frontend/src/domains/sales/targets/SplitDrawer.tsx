import { Button, Drawer, InputNumber, Radio, Select } from "antd";
import { useState } from "react";
import type { Id } from "@/api";
import { useIsPhone, useProblem } from "@/kit";
import { useT } from "./messages";
import type { Cell, Grid, GridRow } from "./model";
import { type SplitBody, useSplit } from "./queries";
import styles from "./targets.module.css";
import { useFigures } from "./useFigures";

interface Props {
  grid: Grid;
  row: GridRow;
  onFill: (cells: Cell[]) => void;
  onClose: () => void;
}

const WAYS = ["even", "last", "typed"] as const;
const YEAR = "year";

/** An amount for a team or the firm, split among its people: the server computes, the grid shows, nothing is saved. */
export function SplitDrawer({ grid, row, onFill, onClose }: Props) {
  const t = useT();
  const say = useProblem();
  const phone = useIsPhone();
  const { head } = useFigures();
  const split = useSplit(grid.plan.id);
  const [amount, setAmount] = useState<number | null>(null);
  const [when, setWhen] = useState<string>(YEAR);
  const [way, setWay] = useState<SplitBody["way"]>("even");
  const [weights, setWeights] = useState<Record<Id, number>>({});
  const name = row.kind === "firm" ? t("firm") : row.name;
  const people = peopleOf(grid, row);
  const submit = () => {
    if (amount === null) return;
    const whole = when === YEAR;
    split.mutate(
      {
        kind: row.kind,
        id: row.id,
        unit: whole ? "year" : grid.plan.unit,
        start: whole ? `${grid.year}-01-01` : when,
        amount,
        way,
        weights: way === "typed" ? weights : undefined,
      },
      {
        onSuccess: (cells) => {
          onFill(cells);
          onClose();
        },
        onError: (error) => say(error),
      },
    );
  };
  return (
    <Drawer
      open
      destroyOnHidden
      title={t("split_title")}
      size={phone ? "100%" : 420}
      onClose={onClose}
      footer={
        <Button type="primary" block loading={split.isPending} disabled={amount === null} onClick={submit}>
          {t("split_fill")}
        </Button>
      }
    >
      <div className={styles.form}>
        <p className="gx-2 gx-s13">{t("split_of", { name })}</p>
        <div className={styles.label}>
          {t("split_amount")}
          <InputNumber
            autoFocus
            aria-label={t("split_amount")}
            min={0}
            max={999_999_999_999}
            precision={grid.plan.money ? 2 : 0}
            style={{ width: "100%" }}
            value={amount}
            onChange={setAmount}
          />
        </div>
        <div className={styles.label}>
          {t("split_when")}
          <Select
            aria-label={t("split_when")}
            value={when}
            onChange={setWhen}
            options={[
              { value: YEAR, label: `${grid.year} · ${t("split_whole")}` },
              ...(grid.plan.unit === "year"
                ? []
                : grid.starts.map((start) => ({ value: start, label: head(grid.plan.unit, start) }))),
            ]}
          />
        </div>
        <div className={styles.label}>
          {t("split_way")}
          <Radio.Group
            value={way}
            onChange={(event) => setWay(event.target.value)}
            options={WAYS.map((value) => ({ value, label: t(`way.${value}`) }))}
          />
          <p className="gx-3 gx-s12">{t(`way_hint.${way}`)}</p>
        </div>
        {way === "typed" &&
          people.map((person) => (
            <div key={person.id} className={styles.label}>
              {person.name}
              <InputNumber
                aria-label={t("share", { name: person.name })}
                min={0}
                max={1_000_000}
                style={{ width: "100%" }}
                value={weights[person.id] ?? null}
                onChange={(value) => setWeights({ ...weights, [person.id]: value ?? 0 })}
              />
            </div>
          ))}
      </div>
    </Drawer>
  );
}

/** Everybody in a team and below. */
function peopleOf(grid: Grid, row: GridRow): GridRow[] {
  if (row.kind === "firm") return grid.rows.filter((each) => each.kind === "user");
  const teams = new Set<Id>([row.id]);
  for (const each of grid.rows) if (each.kind === "team" && each.parent && teams.has(each.parent)) teams.add(each.id);
  return grid.rows.filter((each) => each.kind === "user" && each.parent !== null && teams.has(each.parent));
}
