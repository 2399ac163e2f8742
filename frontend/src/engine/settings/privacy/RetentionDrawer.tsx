import { App, Button, Checkbox, Drawer, Form, Input, InputNumber, Radio, Select } from "antd";
import { useState } from "react";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { FilterBuilder } from "../../views/filter/FilterBuilder";
import { useDeskT } from "./desk-messages";
import { useT } from "./messages";
import styles from "./privacy.module.css";
import { useSave } from "./queries";
import { ACTIONS, type RetentionRule, type RuleBody, UNITS } from "./retention";

type Values = Omit<RuleBody, "filter">;

const EMPTY = { period: 2, unit: "years", action: "archive", or_created: true, fields: [] };
const needed = [{ required: true, message: "" }];

/** A retention rule: of which records, counted from when, how long, and what then. */
export function RetentionDrawer({ rule, onClose }: { rule: RetentionRule | null; onClose: () => void }) {
  const t = useDeskT();
  const desk = useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const { objects, byKey } = useSchema();
  const [filter, setFilter] = useState(rule?.filter ?? null);
  const save = useSave<RuleBody>("/privacy/retention");
  const object = byKey.get(Form.useWatch("object_key", form) ?? rule?.object_key ?? "");
  const action = Form.useWatch("action", form) ?? rule?.action ?? "archive";
  const dates = object?.fields.filter((field) => field.operators.includes("before"));
  const submit = (values: Values) =>
    save.mutate(
      { id: rule?.id, version: rule?.version, body: { ...values, fields: values.fields ?? [], filter } },
      {
        onSuccess: () => {
          message.success(desk("saved"));
          onClose();
        },
        onError: (error) => say(error, form),
      },
    );
  return (
    <Drawer
      open
      size={560}
      title={rule?.name ?? t("retention.new")}
      onClose={onClose}
      footer={
        <Button type="primary" block loading={save.isPending} onClick={() => form.submit()}>
          {desk("save")}
        </Button>
      }
    >
      <Form
        form={form}
        layout="vertical"
        className={styles.form}
        initialValues={rule ? pick(rule) : EMPTY}
        onFinish={submit}
      >
        <Form.Item name="name" label={t("retention.name")} rules={needed}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="object_key" label={t("retention.object")} rules={needed}>
          <Select
            options={objects.map((each) => ({ value: each.key, label: label(each.label) }))}
            onChange={() => {
              setFilter(null);
              form.setFieldsValue({ age_field: undefined, fields: [] });
            }}
          />
        </Form.Item>
        {object && (
          <Form.Item label={t("retention.filter")}>
            <FilterBuilder key={object.key} object={object} filter={filter} onChange={setFilter} />
          </Form.Item>
        )}
        <div className={styles.two}>
          <Form.Item name="age_field" label={t("retention.age")} rules={needed}>
            <Select options={dates?.map((field) => ({ value: field.key, label: label(field.label) }))} />
          </Form.Item>
          <Form.Item label={t("retention.period")} required>
            <div className={styles.actions}>
              <Form.Item name="period" noStyle rules={needed}>
                <InputNumber min={1} max={3650} precision={0} aria-label={t("retention.period")} />
              </Form.Item>
              <Form.Item name="unit" noStyle>
                <Select
                  aria-label={t("retention.period")}
                  style={{ width: 100 }}
                  options={UNITS.map((unit) => ({ value: unit, label: t(`retention.units.${unit}`) }))}
                />
              </Form.Item>
            </div>
          </Form.Item>
        </div>
        <Form.Item name="or_created" valuePropName="checked">
          <Checkbox>{t("retention.or_created")}</Checkbox>
        </Form.Item>
        <Form.Item name="action" label={t("retention.action")} extra={t(`retention.action_hints.${action}`)}>
          <Radio.Group
            optionType="button"
            options={ACTIONS.map((each) => ({ value: each, label: t(`retention.actions.${each}`) }))}
          />
        </Form.Item>
        {action === "anonymise" && (
          <Form.Item name="fields" label={t("retention.fields")} rules={needed}>
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: "label" }}
              options={object?.fields
                .filter((field) => !field.system && !field.readonly)
                .map((field) => ({ value: field.key, label: label(field.label) }))}
            />
          </Form.Item>
        )}
      </Form>
    </Drawer>
  );
}

function pick({ name, object_key, age_field, or_created, period, unit, action, fields }: RetentionRule): Values {
  return { name, object_key, age_field, or_created, period, unit, action, fields };
}
