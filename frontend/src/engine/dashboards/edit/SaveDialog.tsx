import { Form, Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useProblem } from "@/kit";
import { useT } from "../messages";
import type { Scope } from "../types";

export interface Named {
  name: string;
  scope: Scope;
}

interface Props {
  open: boolean;
  title: string;
  first: Named;
  onClose: () => void;
  onSave: (values: Named) => Promise<unknown>;
}

/** What a dashboard is called and who sees it. */
export function SaveDialog({ open, title, first, onClose, onSave }: Props) {
  const t = useT();
  const say = useProblem();
  const [form] = Form.useForm<Named>();
  const [waiting, setWaiting] = useState(false);
  const save = async () => {
    const values = await form.validateFields();
    setWaiting(true);
    try {
      await onSave({ ...values, name: values.name.trim() });
      onClose();
    } catch (error) {
      say(error, form);
    } finally {
      setWaiting(false);
    }
  };
  return (
    <Modal
      open={open}
      title={title}
      onCancel={onClose}
      onOk={() => void save().catch(() => undefined)}
      okText={t("save")}
      cancelText={t("cancel")}
      confirmLoading={waiting}
      width={420}
      destroyOnHidden
    >
      <Form<Named> form={form} layout="vertical" requiredMark={false} initialValues={first}>
        <Form.Item
          name="name"
          label={t("name")}
          rules={[{ required: true, whitespace: true, message: t("name_required") }]}
        >
          <Input autoFocus maxLength={80} />
        </Form.Item>
        <Form.Item name="scope" label={t("share")}>
          <Radio.Group
            optionType="button"
            options={(["personal", "team", "everyone"] as const).map((value) => ({ value, label: t(value) }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
