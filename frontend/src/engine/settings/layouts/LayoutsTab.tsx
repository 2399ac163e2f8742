import { App, Button, Skeleton, Switch } from "antd";
import { ArrowDown, ArrowUp, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, lazyPart, useFormat, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { useDeleteRuling, useRulings, useSaveRuling } from "../rules/queries";
import styles from "../rules/rules.module.css";
import { useConditionWords } from "../rules/useRuleWords";
import { type LayoutKind, type LayoutRow, startOf } from "./draft";
import { layoutsMessages } from "./messages";
import { useRoleChoices } from "./useRoleChoices";

const LayoutEditor = lazyPart(async () => (await import("./LayoutEditor")).LayoutEditor);

/** The layouts of an object's forms and pages, in the order they are tried. */
export function LayoutsTab({ object }: { object: ObjectSchema }) {
  const t = layoutsMessages.useT();
  const [editing, setEditing] = useState<{ kind: LayoutKind; row: LayoutRow | null } | null>(null);
  return (
    <>
      {(["form", "page"] as const).map((kind) => (
        <Section
          key={kind}
          wide
          title={t(kind === "form" ? "forms" : "pages")}
          body={t(kind === "form" ? "forms_body" : "pages_body")}
          action={
            <Button icon={<Icon as={Plus} />} onClick={() => setEditing({ kind, row: null })}>
              {t("new")}
            </Button>
          }
        >
          <Rows object={object} kind={kind} onEdit={(row) => setEditing({ kind, row })} />
        </Section>
      ))}
      {editing && (
        <LayoutEditor
          object={object}
          row={editing.row}
          start={startOf(object, editing.kind, { "zh-CN": "", en: "" })}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

function Rows({ object, kind, onEdit }: { object: ObjectSchema; kind: LayoutKind; onEdit: (row: LayoutRow) => void }) {
  const t = layoutsMessages.useT();
  const label = useLabel();
  const say = useProblem();
  const { modal } = App.useApp();
  const { data, isPending } = useRulings<LayoutRow>(object.key, "layouts");
  const save = useSaveRuling<LayoutRow>(object.key, "layouts");
  const remove = useDeleteRuling(object.key, "layouts");
  const onError = (error: unknown) => say(error);
  const rows = data?.filter((row) => row.kind === kind) ?? [];
  if (isPending) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  if (rows.length === 0) return <p className={styles.none}>{t("none")}</p>;
  const swap = async (index: number, by: number) => {
    const [one, other] = [rows[index], rows[index + by]];
    if (!one || !other) return;
    try {
      await save.mutateAsync({ id: one.id, version: one.version, body: { position: other.position } });
      await save.mutateAsync({ id: other.id, version: other.version, body: { position: one.position } });
    } catch (error) {
      say(error);
    }
  };
  const ask = (row: LayoutRow) =>
    modal.confirm({
      title: t("delete_ask"),
      content: t("delete_body"),
      okText: t("delete"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => remove.mutate(row.id, { onError }),
    });
  return (
    <ul className={styles.rows}>
      {rows.map((row, i) => (
        <li key={row.id} data-off={!row.enabled}>
          <Switch
            size="small"
            checked={row.enabled}
            aria-label={t("enabled")}
            onChange={(enabled) => save.mutate({ id: row.id, version: row.version, body: { enabled } }, { onError })}
          />
          <p>
            <b>{label(row.name)}</b>{" "}
            <span className="gx-2">
              <Scope object={object} row={row} />
            </span>
          </p>
          {[-1, 1].map((by) => (
            <Button
              key={by}
              type="text"
              icon={<Icon as={by < 0 ? ArrowUp : ArrowDown} size={14} />}
              aria-label={t(by < 0 ? "up" : "down")}
              disabled={save.isPending || !rows[i + by]}
              onClick={() => void swap(i, by)}
            />
          ))}
          <Button
            type="text"
            icon={<Icon as={Pencil} size={14} />}
            aria-label={t("edit")}
            onClick={() => onEdit(row)}
          />
          <Button type="text" icon={<Icon as={Trash2} size={14} />} aria-label={t("delete")} onClick={() => ask(row)} />
        </li>
      ))}
    </ul>
  );
}

/** Whom and which records a layout serves, in words. */
function Scope({ object, row }: { object: ObjectSchema; row: LayoutRow }) {
  const t = layoutsMessages.useT();
  const format = useFormat();
  const { nameOf } = useRoleChoices();
  const condition = useConditionWords(object, row.condition);
  const roles = format.list(row.roles.map(nameOf));
  return (
    <>
      {roles ? t("for_roles", { roles }) : t("for_all")}
      {condition && t("for_when", { condition })}
    </>
  );
}
