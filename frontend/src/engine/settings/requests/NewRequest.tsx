import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Form, Input, Modal, Select } from "antd";
import { useNavigate } from "react-router";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { requestsMessages } from "./messages";
import { type Channel, create, useAbout } from "./model";
import styles from "./requests.module.css";

const CHANNELS: Channel[] = ["email", "phone", "letter", "person", "form", "chat", "other"];

/** Taking a request in. */
export function NewRequest({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = requestsMessages.useT();
  const label = useLabel();
  const { data: about } = useAbout();
  const [form] = Form.useForm();
  const say = useProblem();
  const client = useQueryClient();
  const go = useNavigate();
  const save = useMutation({
    mutationFn: create,
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ["requests", "list"] });
      onClose();
      void go(`/settings/requests/${made.id}`);
    },
    onError: (error) => say(error, form),
  });
  return (
    <Modal
      open={open}
      title={t("new")}
      okText={t("new")}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: "erase", channel: "email", law: "pipl" }}
        onFinish={(values) => save.mutate(values)}
      >
        <div className={styles.two}>
          <Form.Item name="kind" label={t("kind")}>
            <Select
              loading={!about}
              labelRender={(chosen) => chosen.label ?? ""}
              options={about?.kinds.map((kind) => ({ value: kind.key, label: label(kind.label) }))}
            />
          </Form.Item>
          <Form.Item name="channel" label={t("channel")}>
            <Select options={CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) }))} />
          </Form.Item>
          <Form.Item name="name" label={t("who")} rules={[{ required: true }]}>
            <Input maxLength={200} autoFocus />
          </Form.Item>
          <Form.Item name="reach" label={t("reach")} extra={t("reachHint")}>
            <Input maxLength={300} />
          </Form.Item>
          <Form.Item name="law" label={t("law")}>
            <Select options={(["pipl", "gdpr"] as const).map((value) => ({ value, label: t(`laws.${value}`) }))} />
          </Form.Item>
          <Form.Item name="assignee_id" label={t("assignee")}>
            <Select allowClear options={about?.people.map((person) => ({ value: person.id, label: person.name }))} />
          </Form.Item>
        </div>
        <Form.Item name="details" label={t("details")}>
          <Input.TextArea maxLength={5000} autoSize={{ minRows: 2, maxRows: 8 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
