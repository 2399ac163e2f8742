import { Button, Dropdown, Input, type InputRef, Popover } from "antd";
import { ArrowDownUp, Columns3, Rows3, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, useHotkey, useIsPhone } from "@/kit";
import { useDebounced } from "../fields/shared/useDebounced";
import { FilterSentence } from "./filter/FilterSentence";
import { Columns, Sorting } from "./lazy";
import { useT } from "./messages";
import styles from "./page.module.css";
import { DisplayButton, FilterButton, KindSwitch } from "./switches";
import type { Density, ListControls } from "./useListState";

const DENSITIES: Density[] = ["compact", "default", "comfortable"];

export function Toolbar({ object, list }: { object: ObjectSchema; list: ListControls }) {
  const t = useT();
  const phone = useIsPhone();
  const [filtering, setFiltering] = useState(false);
  // A report orders its rows by itself, and has its own way to be laid out.
  const report = list.kind === "report";
  return (
    <div className={styles.tools}>
      <FindBox object={object} list={list} />
      {!phone && (
        <FilterSentence
          object={object}
          filter={list.filter}
          sort={report ? [] : list.sort}
          onEdit={() => setFiltering(true)}
        />
      )}
      <KindSwitch object={object} list={list} />
      <FilterButton object={object} list={list} open={filtering} onOpenChange={setFiltering} />
      {!report && (
        <Popover
          trigger="click"
          placement="bottomRight"
          content={<Sorting object={object} sort={list.sort} onChange={list.setSort} />}
        >
          <Button
            className={styles.tool}
            size="small"
            icon={<Icon as={ArrowDownUp} size={14} />}
            aria-label={t("page.sort")}
          >
            {phone ? null : t("page.sort")}
          </Button>
        </Popover>
      )}
      {!phone && !report && <DisplayButton object={object} list={list} />}
      {!phone && list.kind === "table" && (
        <>
          <Popover
            trigger="click"
            placement="bottomRight"
            content={
              <Columns object={object} columns={list.columns} onChange={(columns) => list.setLayout({ columns })} />
            }
          >
            <Button className={styles.tool} size="small" icon={<Icon as={Columns3} size={14} />}>
              {t("page.columns")}
            </Button>
          </Popover>
          <Dropdown
            trigger={["click"]}
            placement="bottomRight"
            menu={{
              selectable: true,
              selectedKeys: [list.density],
              items: DENSITIES.map((key) => ({ key, label: t(`page.${key}`) })),
              onClick: ({ key }) => list.setLayout({ density: key as Density }),
            }}
          >
            <Button
              className={styles.tool}
              size="small"
              icon={<Icon as={Rows3} size={14} />}
              aria-label={t("page.density")}
              title={t("page.density")}
            />
          </Dropdown>
        </>
      )}
    </div>
  );
}

/** The title, and the first other field that a search of this object looks into. */
const searchedFields = (object: ObjectSchema) => [
  ...object.fields.filter((field) => field.key === object.title_field),
  ...object.fields.filter((field) => field.searchable && field.key !== object.title_field).slice(0, 1),
];

/** Typing waits for a moment of rest; the address follows without filling the history. */
function FindBox({ object, list }: { object: ObjectSchema; list: ListControls }) {
  const t = useT();
  const label = useLabel();
  const [name = "", other] = searchedFields(object).map((field) => label(field.label));
  const input = useRef<InputRef>(null);
  const [text, setText] = useState(list.q);
  const still = useDebounced(text, 220);
  const latest = useRef(list);
  latest.current = list;
  const asked = useRef(list.q);
  useEffect(() => {
    asked.current = still;
    if (still !== latest.current.q) latest.current.setQ(still);
  }, [still]);
  useEffect(() => {
    // What was asked for here comes back a moment later: by then more may have been typed.
    if (list.q !== asked.current) setText(list.q);
    asked.current = list.q;
  }, [list.q]);
  useHotkey("f", () => input.current?.focus());
  return (
    <Input
      ref={input}
      className={[styles.find, styles.tool].join(" ")}
      size="small"
      type="search"
      prefix={<Icon as={Search} size={14} className="gx-3" />}
      placeholder={other ? t("page.find_by", { name, other }) : t("page.find", { name })}
      aria-label={t("page.find_label")}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") setText("");
      }}
      allowClear
    />
  );
}
