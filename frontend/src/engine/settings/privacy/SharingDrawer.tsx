import { App, Button, DatePicker, Drawer, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import type { Sharing, SharingBody } from "./keeping";
import { useKeepingT } from "./keeping-messages";
import { useT } from "./messages";
import type { Choice } from "./model";
import styles from "./privacy.module.css";
import { usePurposes, useSave } from "./queries";

type Values = Omit<SharingBody, "shared_on" | "ended_on"> & { shared_on: Dayjs; ended_on?: Dayjs | null };

interface Props {
  row: Sharing | null;
  modes: Choice[];
  onClose: () => void;
}

const needed = [{ required: true, message: "" }];
const DAY = "YYYY-MM-DD";

/** A record of sharing: with whom, how, what for, on what terms, from when to when. */
export function SharingDrawer({ row, modes, onClose }: Props) {
  const t = useKeepingT();
  const desk = useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const { data: purposes } = usePurposes();
  const save = useSave<SharingBody>("/privacy/sharing");
  const submit = (values: Values) =>
    save.mutate(
      {
        id: row?.id,
        version: row?.version,
        body: {
          ...values,
          purpose_id: values.purpose_id ?? null,
          shared_on: values.shared_on.format(DAY),
          ended_on: values.ended_on?.format(DAY) ?? null,
        },
      },
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
      title={row?.recipient ?? t("sharing.title")}
      onClose={onClose}
      footer={
        <Button type="primary" block loading={save.isPending} onClick={() => form.submit()}>
          {desk("save")}
        </Button>
      }
    >
      <Form form={form} layout="vertical" className={styles.form} initialValues={initial(row)} onFinish={submit}>
        <Form.Item name="recipient" label={t("sharing.recipient")} rules={needed}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="contact" label={t("sharing.contact")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="mode" label={t("sharing.mode")} rules={needed}>
          <Select options={modes.map((mode) => ({ value: mode.key, label: label(mode.label) }))} />
        </Form.Item>
        <Form.Item name="purpose_id" label={t("sharing.purpose")}>
          <Select
            allowClear
            options={purposes?.data.map((purpose) => ({ value: purpose.id, label: label(purpose.name) }))}
          />
        </Form.Item>
        <Form.Item name="data" label={t("sharing.data")}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
        </Form.Item>
        <Form.Item name="basis" label={t("sharing.basis")} extra={t("sharing.basis_hint")}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
        </Form.Item>
        <div className={styles.two}>
          <Form.Item name="shared_on" label={t("sharing.shared_on")} rules={needed}>
            <DatePicker style={{ width: "100%" }} />
          </Form.Item>
          <Form.Item name="ended_on" label={t("sharing.ended_on")}>
            <DatePicker style={{ width: "100%" }} />
          </Form.Item>
        </div>
        <Form.Item name="note" label={t("sharing.note")}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
        </Form.Item>
      </Form>
    </Drawer>
  );
}

function initial(row: Sharing | null): Partial<Values> {
  if (!row) return { mode: "processor", shared_on: dayjs() };
  const { recipient, contact, mode, purpose_id, data, basis, note } = row;
  const ended_on = row.ended_on ? dayjs(row.ended_on) : null;
  return { recipient, contact, mode, purpose_id, data, basis, note, shared_on: dayjs(row.shared_on), ended_on };
}
