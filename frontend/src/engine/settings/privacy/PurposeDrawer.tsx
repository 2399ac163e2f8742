import { App, Button, Checkbox, Drawer, Form, Input, Select, Switch } from "antd";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { DataList } from "./DataList";
import { useT } from "./messages";
import type { Choice, Purpose } from "./model";
import { PairField } from "./PairField";
import styles from "./privacy.module.css";
import { useChoices, useSave } from "./queries";
import { RecipientList } from "./RecipientList";

interface Props {
  row: Purpose | null;
  onClose: () => void;
}

const FIELDS = [
  "name",
  "description",
  "basis",
  "basis_note",
  "channels",
  "separate",
  "consent_text",
  "people",
  "data",
  "data_note",
  "recipients",
  "cross_border",
  "retention",
  "measures",
  "retired",
] as const;
type Values = Pick<Purpose, (typeof FIELDS)[number]>;

const EMPTY = { basis: "consent", channels: [], separate: [], people: [], data: [], recipients: [], retired: false };

/** One line of the register: why, on what basis, what is asked of people, which data, given to whom, how long. */
export function PurposeDrawer({ row, onClose }: Props) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const { data: choices } = useChoices();
  const save = useSave<Partial<Values>>("/privacy/purposes");
  const options = (list: Choice[] | undefined) => list?.map((each) => ({ value: each.key, label: label(each.label) }));
  const basis = Form.useWatch("basis", form);
  const article = choices?.bases.find((each) => each.key === basis)?.article;
  const submit = (values: Values) =>
    save.mutate(
      { id: row?.id, version: row?.version, body: values },
      {
        onSuccess: () => {
          message.success(t("saved"));
          onClose();
        },
        onError: (error) => say(error, form),
      },
    );
  const initial = row ? Object.fromEntries(FIELDS.map((name) => [name, row[name]])) : EMPTY;
  return (
    <Drawer
      open
      size={640}
      title={row ? label(row.name) : t("register.new")}
      onClose={onClose}
      footer={
        <Button type="primary" block loading={save.isPending} onClick={() => form.submit()}>
          {t("save")}
        </Button>
      }
    >
      <Form form={form} layout="vertical" className={styles.form} initialValues={initial} onFinish={submit}>
        <h3>{t("register.section_why")}</h3>
        <PairField name="name" label={t("register.name")} required max={120} />
        <PairField name="description" label={t("register.description")} rows={2} />
        <Form.Item name="basis" label={t("register.basis")} extra={article && label(article)}>
          <Select options={options(choices?.bases)} />
        </Form.Item>
        <Form.Item name="basis_note" label={t("register.basis_note")}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <h3>{t("register.section_consent")}</h3>
        <Form.Item name="channels" label={t("register.channels")} extra={t("register.channels_hint")}>
          <Checkbox.Group options={options(choices?.channels)} />
        </Form.Item>
        <Form.Item name="separate" label={t("register.separate")} extra={t("register.separate_hint")}>
          <Checkbox.Group options={options(choices?.separate)} />
        </Form.Item>
        <PairField name="consent_text" label={t("register.consent_text")} rows={3} />
        <h3>{t("register.section_what")}</h3>
        <Form.Item name="people" label={t("register.people")}>
          <Select mode="tags" open={false} suffixIcon={null} placeholder={t("register.people_hint")} />
        </Form.Item>
        <Form.Item label={t("register.data")}>
          <DataList />
        </Form.Item>
        <Form.Item name="data_note" label={t("register.data_note")}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <Form.Item label={t("register.recipients")}>
          <RecipientList />
        </Form.Item>
        <Form.Item name="cross_border" label={t("register.cross_border")} extra={t("register.cross_border_hint")}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <Form.Item name="retention" label={t("register.retention")}>
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="measures" label={t("register.measures")}>
          <Input.TextArea rows={3} maxLength={4000} />
        </Form.Item>
        {row && (
          <Form.Item name="retired" label={t("register.retire")} valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
      </Form>
    </Drawer>
  );
}
