import { App, DatePicker, Form, Input, Modal, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { api } from "@/api/http";
import { useSchema } from "@/api/useSchema";
import { AsyncPicker, type Choice } from "@/engine/fields/shared/AsyncPicker";
import { recordsOf } from "@/engine/fields/shared/pickers";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { useKeepingT } from "./keeping-messages";
import { useChange } from "./queries";

interface Values {
  object: string;
  record: Choice | null;
  reason: string;
  until?: Dayjs | null;
}

const needed = [{ required: true, message: "" }];

/** Holding a record: which, why, how long. */
export function HoldDialog({ onClose }: { onClose: () => void }) {
  const t = useKeepingT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const { objects } = useSchema();
  const object = Form.useWatch("object", form);
  const place = useChange((body: object) => api.post("/privacy/holds", body));
  const submit = ({ object, record, reason, until }: Values) =>
    place.mutate(
      { object, record_id: record?.id, reason, until: until ? until.endOf("day").toISOString() : null },
      {
        onSuccess: () => {
          message.success(t("holds.placed"));
          onClose();
        },
        onError: (error) => say(error, form),
      },
    );
  return (
    <Modal
      open
      title={t("holds.new")}
      okText={t("holds.place")}
      confirmLoading={place.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={submit} initialValues={{ object: objects[0]?.key, record: null }}>
        <Form.Item name="object" label={t("holds.object")} rules={needed}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={objects.map((each) => ({ value: each.key, label: label(each.label) }))}
            onChange={() => form.setFieldValue("record", null)}
          />
        </Form.Item>
        <Form.Item name="record" label={t("holds.record")} rules={needed}>
          <RecordPick key={object} object={object ?? ""} label={t("holds.record")} />
        </Form.Item>
        <Form.Item name="reason" label={t("holds.reason")} extra={t("holds.reason_hint")} rules={needed}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
        </Form.Item>
        <Form.Item name="until" label={t("holds.until")} extra={t("holds.until_hint")}>
          <DatePicker style={{ width: "100%" }} minDate={dayjs().add(1, "day")} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

interface PickProps {
  object: string;
  label: string;
  id?: string;
  value?: Choice | null;
  onChange?: (choice: Choice | null) => void;
}

function RecordPick({ object, label, id, value, onChange }: PickProps) {
  return (
    <AsyncPicker
      id={id}
      label={label}
      value={value ?? null}
      onChange={(choice) => onChange?.(choice)}
      source={recordsOf(object)}
    />
  );
}
