import { Button, Dropdown } from "antd";
import { Copy, Download, Ellipsis, Plus, Trash2, Upload } from "lucide-react";
import { useMemo, useState } from "react";
import { useNavigate } from "react-router";
import type { ObjectSchema, SavedView } from "@/api/types";
import { useQuiet } from "@/api/useQuiet";
import { useLabel } from "@/i18n";
import { Icon, PageHeader, useFormat, useIsPhone, usePreload } from "@/kit";
import { editorsOf } from "../fields";
import { RecordForm } from "../records/lazy";
import { binPath, duplicatesPath, importPath, recordPath } from "../records/paths";
import { Export } from "../transfer/lazy";
import { AFTERWARDS, BoardPane, BoardTools, TableRows } from "./lazy";
import { useT } from "./messages";
import styles from "./page.module.css";
import { ViewSelect } from "./saved/ViewSelect";
import { useCount } from "./table/useRecords";
import { listToolsFor } from "./tools";
import { useListState } from "./useListState";

/** One list with its header, views and tools; the pane below is a table or a board. */
export function ListPage({ object, views }: { object: ObjectSchema; views: SavedView[] }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const navigate = useNavigate();
  const phone = useIsPhone();
  const list = useListState(object, views);
  const quiet = useQuiet();
  const [creating, setCreating] = useState<Record<string, unknown> | null>(null);
  const [exporting, setExporting] = useState(false);
  const board = list.kind === "board";
  usePreload(useMemo(() => [...AFTERWARDS, ...editorsOf(object.fields)], [object]));
  const total = useCount(object.key, null, quiet && !board);
  const name = label(object.label);
  const create = (values: Record<string, unknown> = {}) => setCreating(values);

  const more = [
    ...listToolsFor(object).map((tool) => ({
      key: tool.key,
      icon: <Icon as={tool.icon} />,
      label: tool.label(),
      onClick: () => navigate(tool.path),
    })),
    ...(phone && object.can.import
      ? [
          {
            key: "import",
            icon: <Icon as={Upload} />,
            label: t("page.import"),
            onClick: () => navigate(importPath(object.key)),
          },
        ]
      : []),
    ...(!phone && board && object.can.import
      ? [
          {
            key: "import",
            icon: <Icon as={Upload} />,
            label: t("page.import"),
            onClick: () => navigate(importPath(object.key)),
          },
        ]
      : []),
    ...(object.can.export
      ? [{ key: "export", icon: <Icon as={Download} />, label: t("page.export"), onClick: () => setExporting(true) }]
      : []),
    ...(object.can.edit
      ? [
          {
            key: "duplicates",
            icon: <Icon as={Copy} />,
            label: t("page.duplicates"),
            onClick: () => navigate(duplicatesPath(object.key)),
          },
        ]
      : []),
    ...(object.can.delete
      ? [
          {
            key: "bin",
            icon: <Icon as={Trash2} />,
            label: t("bin.open"),
            onClick: () => navigate(binPath(object.key)),
          },
        ]
      : []),
  ];

  const actions = (
    <>
      {board && <BoardTools object={object} list={list} />}
      {!phone && !board && object.can.import && (
        <Button icon={<Icon as={Upload} />} onClick={() => navigate(importPath(object.key))}>
          {t("page.import")}
        </Button>
      )}
      {more.length > 0 && (
        <Dropdown menu={{ items: more }} trigger={["click"]} placement="bottomRight">
          <Button icon={<Icon as={Ellipsis} />} aria-label={t("page.more")} />
        </Dropdown>
      )}
      {object.can.create && (
        <Button type="primary" icon={<Icon as={Plus} />} onClick={() => create()}>
          {t("page.new", { name })}
        </Button>
      )}
    </>
  );

  return (
    <div className={styles.page}>
      <PageHeader
        title={label(object.label_plural)}
        count={board ? <ViewSelect object={object} views={views} list={list} /> : format.count(total.data)}
        actions={actions}
      />
      {board ? (
        <BoardPane
          object={object}
          list={list}
          onCreate={create}
          onOpen={(id) => navigate(recordPath(object.key, id))}
        />
      ) : (
        <TableRows object={object} views={views} list={list} onCreate={create} />
      )}
      <RecordForm
        object={object.key}
        initialValues={creating ?? undefined}
        open={creating !== null}
        onClose={() => setCreating(null)}
      />
      <Export
        object={object}
        open={exporting}
        onClose={() => setExporting(false)}
        query={{ filter: list.filter, sort: list.definition.sort ?? undefined, q: list.q || undefined }}
        columns={list.columns.map((column) => column.field)}
      />
    </div>
  );
}
