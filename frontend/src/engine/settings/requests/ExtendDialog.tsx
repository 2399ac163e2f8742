import { DatePicker, Form, Input, Modal } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useFormat } from "@/kit";
import { requestsMessages } from "./messages";
import { type SubjectRequest, useStep } from "./model";

interface Values {
  due: Dayjs;
  reason: string;
}

const needed = [{ required: true, message: "" }];

/** Putting the deadline off, as far as the law allows, with the reason that the person is told. */
export function ExtendDialog({ request, onClose }: { request: SubjectRequest; onClose: () => void }) {
  const t = requestsMessages.useT();
  const format = useFormat();
  const [form] = Form.useForm<Values>();
  const step = useStep(request);
  const latest = dayjs(request.latest);
  const submit = ({ due, reason }: Values) => {
    const until = due.endOf("day");
    // The last day ends where the law lets it end, not where this machine's day does.
    const due_at = (until.isAfter(latest) ? latest : until).toISOString();
    step.mutate({ verb: "extend", body: { due_at, reason } }, { onSuccess: onClose });
  };
  return (
    <Modal
      open
      title={t("extend_title")}
      okText={t("extend").replace("…", "")}
      confirmLoading={step.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" initialValues={{ due: latest }} onFinish={submit}>
        <Form.Item
          name="due"
          label={t("extend_until")}
          extra={t("extend_hint", { when: format.date(request.latest) })}
          rules={needed}
        >
          <DatePicker style={{ width: "100%" }} minDate={dayjs(request.due_at).add(1, "day")} maxDate={latest} />
        </Form.Item>
        <Form.Item name="reason" label={t("extend_reason")} rules={needed}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
