import { App, Button, Dropdown, type MenuProps } from "antd";
import { Ellipsis, Eye, History, Merge, NotebookPen, Pencil, Phone, Trash2, UserPlus } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { ActionSchema, ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, objectIcon } from "@/kit";
import { useT as useAccessT } from "../access/messages";
import { ActionDialog } from "../lazy";
import { useT } from "../messages";
import { isFor, isShown } from "../meta";
import { mergePath } from "../paths";
import { useDeleteRecords } from "../useDeleteRecords";
import { dialogFor } from "./dialogs";
import { useOpen } from "./gates";
import { toolsFor } from "./tools";

interface Props {
  object: ObjectSchema;
  record: RecordData;
  onEdit?: () => void;
  onLog?: () => void;
  onHistory?: () => void;
  onAccess?: () => void;
  onDeleted?: () => void;
  compact?: boolean;
}

/** What can be done with the record: the likely things as buttons, the rest in a menu. */
export function ActionButtons({
  object,
  record,
  onEdit,
  onLog,
  onHistory,
  onAccess,
  onDeleted,
  compact = false,
}: Props) {
  const t = useT();
  const access = useAccessT();
  const label = useLabel();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const [running, setRunning] = useState<ActionSchema | null>(null);
  const Dialog = (running && dialogFor(object, running)) ?? ActionDialog;
  const remove = useDeleteRecords(object);
  const phone = object.fields
    .map((field) => (field.type === "phone" && !field.masked ? record[field.key] : null))
    .find((value) => typeof value === "string" && value);
  const actions = useOpen(
    object,
    record,
    object.actions.filter((action) => isShown(action) && isFor(action, record)),
  );
  const shown = actions.filter((action) => !action.danger).slice(0, compact ? 1 : 2);
  const rest = actions.filter((action) => !shown.includes(action));
  const ask = () =>
    modal.confirm({
      title: t("delete.ask", { name: record.title }),
      content: t("delete.undoable"),
      icon: null,
      okText: t("delete.do"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => {
        remove.mutate({ ids: [record.id] });
        onDeleted?.();
      },
    });
  const items: MenuProps["items"] = [
    ...(compact || !onEdit || !object.can.edit
      ? []
      : [{ key: "edit", icon: <Icon as={Pencil} />, label: t("action.edit"), onClick: onEdit }]),
    ...rest.map((action) => ({
      key: action.key,
      icon: <Icon as={objectIcon(action.icon)} />,
      danger: action.danger,
      label: label(action.label),
      onClick: () => setRunning(action),
    })),
    ...toolsFor(object).map((tool) => ({
      key: tool.key,
      icon: <Icon as={tool.icon} />,
      label: tool.label(),
      onClick: () => {
        if (tool.file) window.open(tool.file(record), "_blank", "noopener");
        if (tool.path) navigate(tool.path(record));
      },
    })),
    ...(onHistory
      ? [{ key: "history", icon: <Icon as={History} />, label: t("action.history"), onClick: onHistory }]
      : []),
    ...(onAccess
      ? [
          { key: "share", icon: <Icon as={UserPlus} />, label: access("button"), onClick: onAccess },
          { key: "why", icon: <Icon as={Eye} />, label: access("why"), onClick: onAccess },
        ]
      : []),
    ...(object.can.delete
      ? [
          {
            key: "merge",
            icon: <Icon as={Merge} />,
            label: t("action.merge"),
            onClick: () => navigate(mergePath(object.key, [record.id])),
          },
          { type: "divider" as const },
          { key: "delete", icon: <Icon as={Trash2} />, danger: true, label: t("action.delete"), onClick: ask },
        ]
      : []),
  ];
  return (
    <>
      {onLog && (
        <Button type="primary" icon={<Icon as={NotebookPen} />} onClick={onLog}>
          {t("action.log")}
        </Button>
      )}
      {typeof phone === "string" && (
        <Button icon={<Icon as={Phone} />} href={`tel:${phone}`}>
          {t("action.call")}
        </Button>
      )}
      {compact && onEdit && object.can.edit && (
        <Button icon={<Icon as={Pencil} />} onClick={onEdit}>
          {t("action.edit")}
        </Button>
      )}
      {shown.map((action) => (
        <Button key={action.key} icon={<Icon as={objectIcon(action.icon)} />} onClick={() => setRunning(action)}>
          {label(action.label)}
        </Button>
      ))}
      {items.length > 0 && (
        <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items }}>
          <Button icon={<Icon as={Ellipsis} />} aria-label={t("action.more")} />
        </Dropdown>
      )}
      {running && <Dialog object={object} record={record} action={running} onClose={() => setRunning(null)} />}
    </>
  );
}
