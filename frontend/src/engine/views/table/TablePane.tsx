import { Button } from "antd";
import { Inbox, Plus, SearchX, Upload } from "lucide-react";
import { useMemo, useState } from "react";
import { useNavigate } from "react-router";
import type { ObjectSchema, RecordData } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Empty, Icon, kitMessages, objectIcon, problemText, useIsPhone } from "@/kit";
import { RecordForm } from "../../records/lazy";
import { importPath, recordPath } from "../../records/paths";
import { marksOf } from "../colors";
import { Bulk, Cards, Preview } from "../lazy";
import { useT } from "../messages";
import styles from "../page.module.css";
import { readState } from "../url-state";
import type { ListControls } from "../useListState";
import { tableColumns } from "./columns";
import { DataTable } from "./DataTable";
import { useRecords } from "./useRecords";
import { useSelection } from "./useSelection";
import { useTableKeys } from "./useTableKeys";

interface Props {
  object: ObjectSchema;
  list: ListControls;
  onCreate: () => void;
}

const openNow = () => readState(new URLSearchParams(location.search)).open;

/** The records of a list: table or cards, what is chosen, what is previewed. */
export function TablePane({ object, list, onCreate }: Props) {
  const navigate = useNavigate();
  const phone = useIsPhone();
  const { byKey } = useSchema();
  const columns = useMemo(() => tableColumns(byKey, object, list.columns), [byKey, object, list.columns]);
  const query = {
    filter: list.filter,
    sort: list.definition.sort ?? undefined,
    q: list.q || undefined,
    fields: fieldsOf(
      object,
      columns.map((column) => column.path),
    ),
    marks: marksOf(list.colors),
  };
  const found = useRecords(object.key, query);
  const { records } = found;
  const total = found.count?.value ?? records.length;
  const selection = useSelection(records, total, JSON.stringify([object.key, list.filter, list.q]));
  const [editing, setEditing] = useState<RecordData | null>(null);
  const current = list.open;
  const open = (id: string | null) => list.setOpen(id, openNow() !== null && id !== null);
  const full = (id: string) => navigate(recordPath(object.key, id), { state: { list: location.search } });
  useTableKeys({
    records,
    current: openNow,
    enabled: !phone,
    onMove: open,
    onToggle: selection.toggle,
    onFull: full,
    onEdit: (record) => object.can.edit && setEditing(record),
    onClose: () => (openNow() ? open(null) : selection.clear()),
  });

  if (found.isError && records.length === 0) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.isSuccess && records.length === 0) return <Nothing object={object} list={list} onCreate={onCreate} />;

  const more = () => {
    if (found.hasNextPage && !found.isFetchingNextPage) void found.fetchNextPage();
  };
  return (
    <div className={styles.pane}>
      {phone ? (
        <Cards
          object={object}
          columns={columns}
          records={records}
          loading={found.isPending}
          onMore={more}
          onOpen={full}
        />
      ) : (
        <DataTable
          object={object}
          columns={columns}
          records={records}
          count={found.count}
          list={list}
          selection={selection}
          current={current}
          loading={found.isPending}
          stale={found.isPlaceholderData}
          onMore={more}
          onOpen={open}
          onFull={full}
        />
      )}
      {selection.size > 0 && <Bulk object={object} list={list} selection={selection} count={found.count} />}
      {!phone && current && (
        <Preview
          object={object}
          id={current}
          records={records}
          total={found.count}
          onMove={open}
          onClose={() => open(null)}
          onFull={full}
          onEdit={setEditing}
        />
      )}
      <RecordForm
        object={object.key}
        record={editing ?? undefined}
        open={editing !== null}
        onClose={() => setEditing(null)}
      />
    </div>
  );
}

/** Only what the columns show travels; the title always does. */
function fieldsOf(object: ObjectSchema, paths: readonly string[]): string {
  return [...new Set([object.title_field, ...paths])].join(",");
}

function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useT();
  return (
    <div role="alert">
      <Empty title={t("page.failed")} actions={<Button onClick={retry}>{kitMessages.t("retry")}</Button>}>
        {problemText(error)}
      </Empty>
    </div>
  );
}

/** Nothing there teaches the next step; nothing found says how to find more. */
function Nothing({ object, list, onCreate }: Props) {
  const t = useT();
  const label = useLabel();
  const navigate = useNavigate();
  const name = label(object.label_plural);
  if (list.filter || list.q) {
    return (
      <Empty
        icon={SearchX}
        title={t("table.nothing_title", { name })}
        actions={<Button onClick={() => list.patch({ filter: null, q: "" })}>{t("table.clear")}</Button>}
      >
        {t("table.nothing_body")}
      </Empty>
    );
  }
  return (
    <Empty
      icon={objectIcon(object.icon, object.key) ?? Inbox}
      title={t("table.empty_title", { name })}
      actions={
        <>
          {object.can.create && (
            <Button type="primary" icon={<Icon as={Plus} />} onClick={onCreate}>
              {t("page.new", { name: label(object.label) })}
            </Button>
          )}
          {object.can.import && (
            <Button icon={<Icon as={Upload} />} onClick={() => navigate(importPath(object.key))}>
              {t("page.import")}
            </Button>
          )}
        </>
      }
    >
      {t("table.empty_body")}
    </Empty>
  );
}
