import { App, Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { OBJECT_GROUPS, type ObjectGroup } from "@/api";
import { useLabel } from "@/i18n";
import { kitMessages, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { type SeenBy, saveObject, useShaping } from "./design";
import { IconChoice } from "./list/CreateObject";
import { useT } from "./locales";
import styles from "./objects.module.css";
import { RemoveDialog } from "./RemoveDialog";
import { SeenByChoice } from "./SeenByChoice";
import type { ObjectTabProps } from "./tabs";

interface Values {
  zh: string;
  en: string;
  pluralZh: string;
  pluralEn: string;
  group?: ObjectGroup;
  position?: number;
  seenBy: SeenBy;
  hidden: boolean;
  deprecated: boolean;
}

/** What the object is called and where it stands; and its end. */
export function GeneralTab({ design }: ObjectTabProps) {
  const t = useT();
  const kit = kitMessages.useT();
  const label = useLabel();
  const say = useProblem();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [icon, setIcon] = useState(design.icon);
  const [removing, setRemoving] = useState(false);
  const save = useShaping((patch: object) => saveObject(design.key, design.version, patch));
  const submit = (values: Values) => {
    const names = {
      label: { "zh-CN": values.zh, en: values.en || values.zh },
      label_plural: { "zh-CN": values.pluralZh, en: values.pluralEn || values.pluralZh },
    };
    const state = { ...names, hidden: values.hidden, deprecated: values.deprecated };
    const seen = design.shared ? state : { ...state, seen_by: values.seenBy };
    const patch = design.custom
      ? { ...seen, position: values.position, group: values.group, icon }
      : { ...seen, position: values.position };
    save.mutate(patch, { onSuccess: () => message.success(t("general.saved")), onError: (error) => say(error, form) });
  };
  const initial: Values = {
    zh: design.label["zh-CN"],
    en: design.label.en,
    pluralZh: design.label_plural["zh-CN"],
    pluralEn: design.label_plural.en,
    group: design.group,
    position: design.position,
    seenBy: design.seen_by,
    hidden: design.hidden,
    deprecated: design.deprecated,
  };
  const danger =
    design.records === null ? t("general.dangerUncounted") : t("general.dangerBody", { count: design.records });
  return (
    <>
      <Section title={label(design.label)} body={t("general.body")}>
        <Form
          key={design.version}
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={initial}
          onFinish={submit}
          className={styles.form}
        >
          <div className={styles.two}>
            <Form.Item name="zh" label={t("create.zh")} rules={[{ required: true, message: t("create.zh") }]}>
              <Input maxLength={60} />
            </Form.Item>
            <Form.Item name="en" label={t("create.en")}>
              <Input maxLength={60} />
            </Form.Item>
            <Form.Item name="pluralZh" label={`${t("general.plural")} 中`}>
              <Input maxLength={60} />
            </Form.Item>
            <Form.Item name="pluralEn" label={`${t("general.plural")} EN`}>
              <Input maxLength={60} />
            </Form.Item>
          </div>
          {!design.shared && (
            <Form.Item name="seenBy" label={t("seenBy.label")} extra={t("seenBy.hint")}>
              <SeenByChoice />
            </Form.Item>
          )}
          <div className={styles.two}>
            {design.custom && (
              <Form.Item name="group" label={t("create.group")}>
                <Select options={OBJECT_GROUPS.map((group) => ({ value: group, label: t(`groups.${group}`) }))} />
              </Form.Item>
            )}
            <Form.Item name="position" label={t("general.position")}>
              <InputNumber min={1} max={10_000} className={styles.fill} />
            </Form.Item>
          </div>
          {design.custom && (
            <Form.Item label={t("create.icon")}>
              <IconChoice value={icon} onChange={setIcon} label={t("create.icon")} />
            </Form.Item>
          )}
          <Form.Item name="hidden" valuePropName="checked" extra={t("general.hiddenHint")}>
            <Checkbox>{t("general.hidden")}</Checkbox>
          </Form.Item>
          <Form.Item name="deprecated" valuePropName="checked" extra={t("general.deprecatedHint")}>
            <Checkbox>{t("general.deprecated")}</Checkbox>
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {kit("save")}
          </Button>
        </Form>
      </Section>
      <Section title={t("general.danger")} body={design.custom ? danger : t("general.standard")}>
        {design.custom && (
          <Button danger onClick={() => setRemoving(true)}>
            {t("general.delete", { name: label(design.label) })}
          </Button>
        )}
      </Section>
      <RemoveDialog
        open={removing}
        design={design}
        onClose={() => setRemoving(false)}
        onDone={() => navigate("/settings/objects")}
      />
    </>
  );
}
