import { App, Button, Form, Input, InputNumber, Modal, Select } from "antd";
import { Plus } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/http";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, problemText, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { type KeepRule, useKeepRules } from "./keeping";
import { useKeepingT } from "./keeping-messages";
import { useT } from "./messages";
import styles from "./privacy.module.css";
import { useChange } from "./queries";

const needed = [{ required: true, message: "" }];
const save = (rule: { object: string; years: number | null; ground?: string }) =>
  api.put(`/privacy/keep-rules/${rule.object}`, { years: rule.years, ground: rule.ground });

/** Objects whose records law requires to be kept, for how long and on what ground. */
export function KeepRules() {
  const t = useKeepingT();
  const desk = useT();
  const label = useLabel();
  const say = useProblem();
  const { modal } = App.useApp();
  const { byKey } = useSchema();
  const { data, error } = useKeepRules();
  const [editing, setEditing] = useState<KeepRule | "new" | null>(null);
  const remove = useChange((object: string) => save({ object, years: null }));
  const named = (rule: KeepRule) => label(byKey.get(rule.object)?.label) || rule.object;
  const ask = (rule: KeepRule) =>
    modal.confirm({
      title: t("keep.remove_ask", { name: named(rule) }),
      content: t("keep.remove_body"),
      icon: null,
      okText: desk("delete"),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(rule.object).catch((error: unknown) => say(error)),
    });
  const add = (
    <Button icon={<Icon as={Plus} />} onClick={() => setEditing("new")}>
      {t("keep.new")}
    </Button>
  );
  return (
    <Section wide title={t("keep.title")} body={t("keep.body")} action={data?.length ? add : undefined}>
      {error && !data && <Empty title={problemText(error)} />}
      {data?.length === 0 && (
        <Empty title={t("keep.none")} actions={add}>
          {t("keep.none_body")}
        </Empty>
      )}
      {data && data.length > 0 && (
        <ul className={styles.list}>
          {data.map((rule) => (
            <li key={rule.object}>
              <span className={styles.words}>
                <span>
                  <button type="button" className={styles.name} onClick={() => setEditing(rule)}>
                    {named(rule)}
                  </button>
                  <Chip tone="info">{t("keep.years_line", { n: rule.years })}</Chip>
                </span>
                <span className={styles.facts}>{rule.ground}</span>
              </span>
              <Button size="small" type="text" danger onClick={() => ask(rule)}>
                {desk("delete")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {editing && (
        <RuleDialog
          rule={editing === "new" ? null : editing}
          taken={data?.map((rule) => rule.object) ?? []}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  );
}

function RuleDialog({ rule, taken, onClose }: { rule: KeepRule | null; taken: string[]; onClose: () => void }) {
  const t = useKeepingT();
  const desk = useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const [form] = Form.useForm<KeepRule>();
  const { objects } = useSchema();
  const change = useChange(save);
  const submit = (values: KeepRule) =>
    change.mutate(
      { ...values, object: rule?.object ?? values.object },
      {
        onSuccess: () => {
          message.success(desk("saved"));
          onClose();
        },
        onError: (error) => say(error, form),
      },
    );
  return (
    <Modal
      open
      title={t("keep.title")}
      okText={desk("save")}
      confirmLoading={change.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" initialValues={rule ?? { years: 3 }} onFinish={submit}>
        <Form.Item name="object" label={t("keep.object")} rules={needed}>
          <Select
            disabled={rule !== null}
            showSearch={{ optionFilterProp: "label" }}
            options={objects
              .filter((each) => rule !== null || !taken.includes(each.key))
              .map((each) => ({ value: each.key, label: label(each.label) }))}
          />
        </Form.Item>
        <Form.Item name="years" label={t("keep.years")} rules={needed}>
          <InputNumber min={1} max={50} precision={0} />
        </Form.Item>
        <Form.Item name="ground" label={t("keep.ground")} extra={t("keep.ground_hint")} rules={needed}>
          <Input maxLength={300} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
