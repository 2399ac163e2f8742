import { App, Button, Input, Modal, Segmented, Select } from "antd";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { isProblem } from "@/api/problem";
import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, problemText } from "@/kit";
import styles from "./identity.module.css";
import { identityMessages } from "./messages";
import { DOORS, type Door, MODES, type Mode, type Part, type Rule, type RuleList, useSaveRule } from "./queries";

interface Props {
  object: ObjectSchema;
  list: RuleList;
  rule: Rule | null;
  onClose: () => void;
}

const MOST_PARTS = 4;
const WARN_ALL: Record<Door, Mode> = { form: "warn", import: "warn", api: "warn", public: "warn" };

/** A rule: fields, how each is compared, what happens at each door. */
export function RuleDialog({ object, list, rule, onClose }: Props) {
  const t = identityMessages.useT();
  const label = useLabel();
  const { message } = App.useApp();
  const save = useSaveRule(object.key);
  const [parts, setParts] = useState<Part[]>(rule?.parts ?? []);
  const [doors, setDoors] = useState(rule?.doors ?? WARN_ALL);
  const [zh, setZh] = useState(rule?.label?.["zh-CN"] ?? "");
  const [en, setEn] = useState(rule?.label?.en ?? "");
  const normalsOf = (field: string) => list.fields.find((each) => each.key === field)?.normals ?? [];
  const put = (index: number, part: Part) => setParts((now) => now.map((each, i) => (i === index ? part : each)));
  const ready = parts.length > 0 && parts.every((part) => part.field);
  const submit = () =>
    save.mutate(
      {
        key: rule?.key ?? freshKey(parts, list),
        body: {
          parts: parts.map(({ field, normal }) => ({ field, normal })),
          doors,
          label: zh || en ? { "zh-CN": zh || en, en: en || zh } : null,
        },
      },
      {
        onSuccess: () => {
          message.success(t("saved"));
          onClose();
        },
      },
    );
  const shown = parts.length ? parts : [{ field: "", normal: "" }];
  return (
    <Modal
      open
      width={620}
      title={t(rule ? "edit_title" : "new_title")}
      okText={t("save")}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={save.isPending}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={styles.dialog}>
        <h3>{t("parts")}</h3>
        {shown.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity besides their place
          <div key={index} className={styles.part}>
            <Select
              aria-label={t("field")}
              placeholder={t("field")}
              showSearch={{ optionFilterProp: "label" }}
              value={part.field || undefined}
              onChange={(field) => {
                const next = { field, normal: normalsOf(field)[0] ?? "text" };
                if (parts.length) put(index, next);
                else setParts([next]);
              }}
              options={list.fields
                .filter((each) => each.key === part.field || !parts.some((other) => other.field === each.key))
                .map((each) => ({ value: each.key, label: label(each.label) }))}
            />
            <Select
              aria-label={t("normal")}
              value={part.normal || undefined}
              disabled={!part.field}
              onChange={(normal) => put(index, { ...part, normal })}
              options={list.normals
                .filter((each) => normalsOf(part.field).includes(each.key))
                .map((each) => ({ value: each.key, label: label(each.label) }))}
            />
            <Button
              type="text"
              icon={<Icon as={X} size={14} />}
              aria-label={t("remove_part")}
              disabled={parts.length < 2}
              onClick={() => setParts((now) => now.filter((_, i) => i !== index))}
            />
          </div>
        ))}
        {parts.length > 0 && parts.length < MOST_PARTS && parts.every((part) => part.field) && (
          <Button
            type="text"
            icon={<Icon as={Plus} size={14} />}
            onClick={() => setParts((now) => [...now, { field: "", normal: "" }])}
          >
            {t("add_part")}
          </Button>
        )}
        <h3>{t("doors")}</h3>
        {DOORS.map((door) => (
          <div key={door} className={styles.door}>
            <span>{t(`door.${door}`)}</span>
            <Segmented<Mode>
              value={doors[door]}
              aria-label={t(`door.${door}`)}
              onChange={(mode) => setDoors((now) => ({ ...now, [door]: mode }))}
              options={MODES.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
            />
          </div>
        ))}
        <p className="gx-3 gx-s12">{t("mode_hint")}</p>
        <div className={styles.names}>
          <Input
            value={zh}
            maxLength={100}
            placeholder={t("label_zh")}
            aria-label={t("label_zh")}
            onChange={(e) => setZh(e.target.value)}
          />
          <Input
            value={en}
            maxLength={100}
            placeholder={t("label_en")}
            aria-label={t("label_en")}
            onChange={(e) => setEn(e.target.value)}
          />
        </div>
        {save.error && (
          <p className="gx-bad gx-s12" role="alert">
            {(isProblem(save.error) && save.error.errors[0]?.message) || problemText(save.error)}
          </p>
        )}
      </div>
    </Modal>
  );
}

/** A key made of the fields, not among those there are. */
function freshKey(parts: Part[], list: RuleList): string {
  const base = parts
    .map((part) => part.field)
    .join("_")
    .slice(0, 28);
  const taken = new Set(list.data.map((rule) => rule.key));
  let key = base;
  for (let n = 2; taken.has(key); n++) key = `${base}_${n}`;
  return key;
}
