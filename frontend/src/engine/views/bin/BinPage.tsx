/**
 * The recycle bin of one object: what was deleted, by whom and when, and how long it can still come back.
 *
 * A list of its own and not a filter of the list: nothing here can be edited, and what is restored leaves it.
 */
import { Button, Checkbox, Input, Skeleton } from "antd";
import { ArchiveRestore, Search, SearchX, Trash2 } from "lucide-react";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import type { ObjectSchema } from "@/api/types";
import { useObject } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Empty, Icon, kitMessages, PageHeader, problemText, useFormat, usePageTitle } from "@/kit";
import { useDebounced } from "../../fields/shared/useDebounced";
import { listPath } from "../../records/paths";
import { useT } from "../messages";
import { useRecords } from "../table/useRecords";
import { BinRow } from "./BinRow";
import styles from "./bin.module.css";
import { KEPT_DAYS } from "./days-left";
import { useRestore } from "./useRestore";

export function BinPage() {
  const t = useT();
  const object = useObject(useParams().object);
  if (!object) {
    return (
      <Empty page icon={SearchX} title={t("page.missing_title")}>
        {t("page.missing_body")}
      </Empty>
    );
  }
  return <OfObject key={object.key} object={object} />;
}

function OfObject({ object }: { object: ObjectSchema }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const asked = useDebounced(text.trim(), 220);
  const restore = useRestore(object);
  const found = useRecords(object.key, {
    deleted: true,
    filter: asked ? { field: object.title_field, op: "contains", value: asked } : null,
    // Nothing is written to a record in the bin, so its last change is its deletion.
    sort: "-updated_at",
    fields: object.title_field,
  });
  const { records } = found;
  const name = label(object.label_plural);
  usePageTitle(t("bin.title", { name }));
  const here = records.filter((record) => chosen.has(record.id)).map((record) => record.id);
  const toggle = (id: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const bring = (ids: string[]) => {
    restore.mutate(ids);
    setChosen(new Set());
  };
  return (
    <div className={styles.page}>
      <PageHeader
        title={t("bin.title", { name })}
        count={format.count(found.count)}
        sub={t("bin.sub", { n: KEPT_DAYS })}
        onBack={() => navigate(listPath(object.key))}
        actions={
          here.length > 0 && (
            <Button type="primary" icon={<Icon as={ArchiveRestore} />} onClick={() => bring(here)}>
              {t("bin.restore_n", { n: format.number(here.length) })}
            </Button>
          )
        }
      />
      <div className={styles.tools}>
        <Input
          type="search"
          prefix={<Icon as={Search} size={14} className="gx-3" />}
          placeholder={t("bin.find")}
          aria-label={t("bin.find")}
          value={text}
          onChange={(event) => setText(event.target.value)}
          allowClear
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={t("bin.title", { name })}>
        {found.isPending && <Skeleton active title={false} paragraph={{ rows: 10 }} className={styles.skeleton} />}
        {found.isError && records.length === 0 && (
          <Empty
            title={t("page.failed")}
            actions={<Button onClick={() => void found.refetch()}>{kitMessages.t("retry")}</Button>}
          >
            {problemText(found.error)}
          </Empty>
        )}
        {found.isSuccess && records.length === 0 && (
          <Empty icon={Trash2} title={t(asked ? "bin.nothing" : "bin.empty", { name })}>
            {asked ? null : t("bin.empty_body", { n: KEPT_DAYS })}
          </Empty>
        )}
        {records.length > 0 && (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">
                  <Checkbox
                    aria-label={t("table.select_all")}
                    checked={here.length === records.length}
                    indeterminate={here.length > 0 && here.length < records.length}
                    onChange={() =>
                      setChosen(here.length > 0 ? new Set() : new Set(records.map((record) => record.id)))
                    }
                  />
                </th>
                <th scope="col">{label(object.fields.find((field) => field.key === object.title_field)?.label)}</th>
                <th scope="col">{t("bin.by")}</th>
                <th scope="col">{t("bin.at")}</th>
                <th scope="col">{t("bin.left")}</th>
                <th scope="col">
                  <span className="gx-hidden">{t("bin.restore")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {records.map((record) => (
                <BinRow
                  key={record.id}
                  record={record}
                  chosen={chosen.has(record.id)}
                  onToggle={() => toggle(record.id)}
                  onRestore={() => bring([record.id])}
                />
              ))}
            </tbody>
          </table>
        )}
        {found.hasNextPage && (
          <Button type="text" block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t("bin.more")}
          </Button>
        )}
      </section>
    </div>
  );
}
