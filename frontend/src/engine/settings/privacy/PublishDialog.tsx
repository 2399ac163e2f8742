import { App, Checkbox, DatePicker, Form, Input, Modal } from "antd";
import type { Dayjs } from "dayjs";
import { api } from "@/api/http";
import { useProblem } from "@/kit";
import { useT } from "./messages";
import type { Notice } from "./model";
import { useChange } from "./queries";

interface Values {
  effective_from?: Dayjs | null;
  renews?: boolean;
  change_note?: string;
}

/** The last look before a version is there for good. */
export function PublishDialog({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const t = useT();
  const say = useProblem();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const publish = useChange((body: object) =>
    api.post(`/privacy/notices/${notice.id}/publish`, { ...body, version: notice.version }),
  );
  const submit = (values: Values) =>
    publish.mutate(
      {
        effective_from: values.effective_from?.toISOString() ?? null,
        renews: values.renews ?? false,
        change_note: values.change_note ?? "",
      },
      {
        onSuccess: () => {
          message.success(t("notices.published"));
          onClose();
        },
        onError: (error) => say(error, form),
      },
    );
  return (
    <Modal
      open
      title={t("notices.publish_title", { n: notice.published + 1 })}
      okText={t("notices.publish").replace("…", "")}
      confirmLoading={publish.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="gx-2">{t("notices.publish_body")}</p>
      <Form form={form} layout="vertical" onFinish={submit}>
        <Form.Item name="effective_from" label={t("notices.effective")}>
          <DatePicker
            showTime={{ format: "HH:mm" }}
            placeholder={t("notices.effective_now")}
            style={{ width: "100%" }}
          />
        </Form.Item>
        <Form.Item name="change_note" label={t("notices.change_note")}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        {notice.published > 0 && (
          <Form.Item name="renews" valuePropName="checked">
            <Checkbox>{t("notices.renews")}</Checkbox>
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
