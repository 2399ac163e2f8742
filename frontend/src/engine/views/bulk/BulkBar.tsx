import { App, Button } from "antd";
import { Download, ListPlus, Merge, Pencil, Tag, Trash2, UserPlus, X, Zap } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { ActionSchema, Count, Field, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, lazyPart, useFormat, useProblem } from "@/kit";
import { type Job, startJob } from "../../changes/queries";
import { isShown } from "../../records/meta";
import { mergePath } from "../../records/paths";
import { useDeleteRecords } from "../../records/useDeleteRecords";
import { Export } from "../../transfer/lazy";
import { useT } from "../messages";
import { bulkTarget, type Selection } from "../table/useSelection";
import type { ListControls } from "../useListState";
import { BulkEdit } from "./BulkEdit";
import styles from "./bulk.module.css";

/** From here on it is done in the background, with an outcome for every record. */
const AT_ONCE = 1000;
const MOST_MERGED = 20;
const JobDialog = lazyPart(async () => (await import("../../changes/JobDialog")).JobDialog);
const BulkAction = lazyPart(async () => (await import("./BulkAction")).BulkAction);

interface Props {
  object: ObjectSchema;
  list: ListControls;
  selection: Selection;
  count: Count | null;
}

type Doing = {
  field: Field | null;
  title: "bulk.edit_title" | "bulk.assign_title" | "bulk.tag_title" | "bulk.list_title";
};

/** What can be done with the chosen rows, always with the number it will touch. */
export function BulkBar({ object, list, selection, count }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const { modal } = App.useApp();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [exporting, setExporting] = useState(false);
  const remove = useDeleteRecords(object);
  const name = label(selection.size === 1 ? object.label : object.label_plural);
  const n = selection.all ? format.count(count) : format.number(selection.size);
  const [job, setJob] = useState<Job | null>(null);
  const [acting, setActing] = useState<ActionSchema | null>(null);
  const navigate = useNavigate();
  const say = useProblem();
  const large = selection.size > AT_ONCE;
  const target = bulkTarget(selection, list, count?.exact === true);
  const fieldOf = (key: string) => object.fields.find((field) => field.key === key) ?? null;
  const more = !selection.all && count !== null && (count.value > selection.size || !count.exact);
  const owner = fieldOf("owner");
  const tags = fieldOf("tags");
  // Lists of the firm's own are an object that records link to: campaigns, visits, events.
  const lists = object.fields.find((field) => field.type === "links" && field.custom && !field.readonly) ?? null;
  const may = object.can.edit && object.can.bulk;
  const actions = object.actions.filter((action) => action.bulk && isShown(action) && action.key !== "assign");
  const ask = () =>
    modal.confirm({
      title: t("bulk.delete_ask", { n, name }),
      icon: null,
      okText: t("bulk.delete_do"),
      okButtonProps: { danger: true, type: "default" },
      onOk: async () => {
        if (large) {
          await startJob({ object: object.key, op: "delete", ...target })
            .then(setJob)
            .catch(say);
          return;
        }
        remove.mutate(target);
        selection.clear();
      },
    });
  return (
    <div className={styles.place}>
      <div className={styles.bar} role="toolbar" aria-label={t("bulk.label")}>
        <b aria-live="polite">{t("bulk.selected", { n })}</b>
        {more && (
          <button type="button" className={styles.all} onClick={selection.selectAll}>
            {t("bulk.select_all", { n: format.count(count) })}
          </button>
        )}
        <i />
        {may && (
          <Tool
            icon={Pencil}
            label={t("bulk.edit")}
            onClick={() => setDoing({ field: null, title: "bulk.edit_title" })}
          />
        )}
        {may && owner && (
          <Tool
            icon={UserPlus}
            label={t("bulk.assign")}
            onClick={() => setDoing({ field: owner, title: "bulk.assign_title" })}
          />
        )}
        {may && tags && (
          <Tool icon={Tag} label={t("bulk.tag")} onClick={() => setDoing({ field: tags, title: "bulk.tag_title" })} />
        )}
        {may && lists && (
          <Tool
            icon={ListPlus}
            label={t("bulk.list", { name: label(lists.label) })}
            onClick={() => setDoing({ field: lists, title: "bulk.list_title" })}
          />
        )}
        {object.can.delete && !selection.all && selection.size > 1 && selection.size <= MOST_MERGED && (
          <Tool
            icon={Merge}
            label={t("bulk.merge")}
            onClick={() => void navigate(mergePath(object.key, [...selection.ids]))}
          />
        )}
        {may &&
          actions.map((action) => (
            <Tool key={action.key} icon={Zap} label={label(action.label)} onClick={() => setActing(action)} />
          ))}
        {object.can.export && <Tool icon={Download} label={t("bulk.export")} onClick={() => setExporting(true)} />}
        {object.can.delete && <Tool icon={Trash2} label={t("bulk.delete")} danger onClick={ask} />}
        <i />
        <Button
          type="text"
          className={styles.close}
          icon={<Icon as={X} />}
          aria-label={t("bulk.clear")}
          onClick={selection.clear}
        />
      </div>
      {doing && (
        <BulkEdit
          object={object}
          field={doing.field}
          title={t(doing.title, { n, name })}
          apply={t("bulk.apply", { n })}
          target={target}
          onJob={large ? setJob : undefined}
          onClose={() => setDoing(null)}
        />
      )}
      {acting && (
        <BulkAction
          object={object}
          action={acting}
          n={n}
          target={target}
          onJob={setJob}
          onClose={() => setActing(null)}
        />
      )}
      {job && (
        <JobDialog
          job={job}
          onClose={() => {
            setJob(null);
            selection.clear();
          }}
        />
      )}
      <Export
        object={object}
        open={exporting}
        onClose={() => setExporting(false)}
        query={
          selection.all
            ? { filter: list.filter, sort: list.definition.sort ?? undefined, q: list.q || undefined }
            : { filter: { field: "id", op: "in", value: [...selection.ids] } }
        }
        columns={list.columns.map((column) => column.field)}
      />
    </div>
  );
}

interface ToolProps {
  icon: typeof Pencil;
  label: string;
  danger?: boolean;
  onClick: () => void;
}

function Tool({ icon, label, danger, onClick }: ToolProps) {
  return (
    <button type="button" className={danger ? styles.danger : undefined} onClick={onClick}>
      <Icon as={icon} />
      <span>{label}</span>
    </button>
  );
}
