import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Form, InputNumber, Modal } from "antd";
import { api } from "@/api";
import { useProblem } from "@/kit";
import { requestsMessages } from "./messages";

interface Settings {
  pipl_workdays: number;
  most_workdays: number;
  version: number;
}

const PATH = "/privacy/desk-settings";
const KEY = ["requests", "settings"];

/** How the desk works: within how many workdays the firm answers. */
export function DeskSettings({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = requestsMessages.useT();
  const say = useProblem();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Settings>();
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<Settings>(PATH, { signal }),
    enabled: open,
  });
  const save = useMutation({
    mutationFn: (given: Settings) => api.patch<Settings>(PATH, given, { version: data?.version ?? 1 }),
    onSuccess: (saved) => {
      client.setQueryData(KEY, saved);
      message.success(t("settings_saved"));
      onClose();
    },
    onError: (error) => say(error, form),
  });
  return (
    <Modal
      open={open}
      title={t("settings")}
      okText={t("settings_save")}
      okButtonProps={{ disabled: !data }}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      {data && (
        <Form
          key={data.version}
          form={form}
          layout="vertical"
          initialValues={{ pipl_workdays: data.pipl_workdays }}
          onFinish={(values) => save.mutate(values)}
        >
          <Form.Item
            name="pipl_workdays"
            label={t("workdays")}
            extra={t("workdays_hint")}
            rules={[{ required: true, message: "" }]}
          >
            <InputNumber
              min={1}
              max={data.most_workdays}
              precision={0}
              suffix={t("workdays_unit")}
              style={{ width: 160 }}
            />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}
