import { App, Form, Input, Modal, Select } from "antd";
import { useRef, useState } from "react";
import { OBJECT_GROUPS, type ObjectGroup } from "@/api";
import { ICON_NAMES, Icon, objectIcon, useProblem } from "@/kit";
import { createObject, proposedKey, type SeenBy, useShaping } from "../design";
import { useT } from "../locales";
import styles from "../objects.module.css";
import { SeenByChoice } from "../SeenByChoice";

interface Props {
  open: boolean;
  onClose: () => void;
  onDone: (key: string) => void;
}
interface Values {
  zh: string;
  en?: string;
  key: string;
  icon: string;
  group: ObjectGroup;
  title?: string;
  seenBy: SeenBy;
}

/** A new object: named in both languages, its key proposed from the name. */
export function CreateObject({ open, onClose, onDone }: Props) {
  const t = useT();
  const { message } = App.useApp();
  const say = useProblem();
  const [form] = Form.useForm<Values>();
  const ownKey = useRef(false);
  const asked = useRef(0);
  const [icon, setIcon] = useState("box");
  const create = useShaping((body: object) => createObject(body));
  const propose = async () => {
    const name = form.getFieldValue("en") || form.getFieldValue("zh");
    if (ownKey.current || !name) return;
    const turn = ++asked.current;
    const key = await proposedKey(name).catch(() => null);
    if (key && turn === asked.current && !ownKey.current) form.setFieldsValue({ key });
  };
  const submit = (values: Values) => {
    const label = { "zh-CN": values.zh || values.en, en: values.en || values.zh };
    const body = { key: values.key, label, icon, group: values.group, seen_by: values.seenBy };
    create.mutate(values.title ? { ...body, title_label: values.title } : body, {
      onSuccess: (made) => {
        message.success(t("create.done", { name: values.zh || values.en || made.key }));
        onClose();
        onDone(made.key);
      },
      onError: (error) => say(error, form),
    });
  };
  return (
    <Modal
      open={open}
      title={t("create.title")}
      okText={t("create.submit")}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={create.isPending}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ group: "other", seenBy: "everyone" }}
        onFinish={submit}
        preserve={false}
      >
        <div className={styles.two}>
          <Form.Item name="zh" label={t("create.zh")} rules={[{ required: true, message: t("create.zh") }]}>
            <Input autoFocus maxLength={60} onChange={() => void propose()} />
          </Form.Item>
          <Form.Item name="en" label={t("create.en")} extra={t("create.enHint")}>
            <Input maxLength={60} onChange={() => void propose()} />
          </Form.Item>
        </div>
        <Form.Item
          name="key"
          label={t("create.key")}
          extra={t("create.keyHint")}
          rules={[{ required: true, message: t("create.key") }]}
        >
          <Input
            className="gx-mono"
            maxLength={40}
            onChange={() => {
              ownKey.current = true;
            }}
          />
        </Form.Item>
        <Form.Item name="group" label={t("create.group")}>
          <Select options={OBJECT_GROUPS.map((group) => ({ value: group, label: t(`groups.${group}`) }))} />
        </Form.Item>
        <Form.Item name="seenBy" label={t("seenBy.label")}>
          <SeenByChoice />
        </Form.Item>
        <Form.Item label={t("create.icon")}>
          <IconChoice value={icon} onChange={setIcon} label={t("create.icon")} />
        </Form.Item>
        <Form.Item name="title" label={t("create.titleLabel")} extra={t("create.titleHint")}>
          <Input maxLength={60} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Names that stand for the same picture are offered once. */
const ICONS = ICON_NAMES.filter(
  (name, index) => ICON_NAMES.findIndex((other) => objectIcon(other) === objectIcon(name)) === index,
);

export function IconChoice({
  value,
  onChange,
  label,
}: {
  value: string;
  onChange: (name: string) => void;
  label: string;
}) {
  return (
    <fieldset className={styles.icons} aria-label={label}>
      {ICONS.map((name) => (
        <button key={name} type="button" aria-pressed={value === name} aria-label={name} onClick={() => onChange(name)}>
          <Icon as={objectIcon(name)} />
        </button>
      ))}
    </fieldset>
  );
}
