/** What stages and tiers follow from; for who holds the area. */
import { Button, Drawer, Form, InputNumber, Skeleton, Switch } from "antd";
import { useProblem } from "@/kit";
import { useT } from "../messages";
import type { Rules } from "../model";
import { useRules, useSaveRules } from "../queries";

const NUMBERS = [
  { key: "dormant", label: "dormant", step: 0.5 },
  { key: "lost", label: "lost", step: 0.5 },
  { key: "floor", label: "floor", step: 1 },
  { key: "ceiling", label: "ceiling", step: 1 },
  { key: "usual", label: "usual", step: 1 },
  { key: "high_cut", label: "high_cut", step: 1 },
  { key: "low_cut", label: "low_cut", step: 1 },
  { key: "hysteresis", label: "hysteresis", step: 0.5 },
  { key: "months", label: "months_ahead", step: 1 },
  { key: "discount", label: "discount", step: 1 },
] as const;

export function RulesDrawer({ onClose }: { onClose: (saved: boolean) => void }) {
  const t = useT();
  const say = useProblem();
  const { data } = useRules(true);
  const save = useSaveRules();
  const [form] = Form.useForm<Rules>();
  const submit = (values: Rules) => {
    if (!data) return;
    save.mutate({ ...values, version: data.version }, { onSuccess: () => onClose(true), onError: (e) => say(e, form) });
  };
  return (
    <Drawer
      open
      title={t("rules_title")}
      onClose={() => onClose(false)}
      size={420}
      footer={
        <Button type="primary" loading={save.isPending} disabled={!data} onClick={() => form.submit()}>
          {t("save")}
        </Button>
      }
    >
      {!data && <Skeleton active />}
      {data && (
        <Form form={form} layout="vertical" initialValues={data.rules} onFinish={submit} requiredMark={false}>
          <Form.Item name="is_on" label={t("is_on")} valuePropName="checked">
            <Switch />
          </Form.Item>
          {NUMBERS.map(({ key, label, step }) => (
            <Form.Item key={key} name={key} label={t(label)} rules={[{ required: true, message: t(label) }]}>
              <InputNumber min={0} step={step} style={{ width: 160 }} />
            </Form.Item>
          ))}
        </Form>
      )}
    </Drawer>
  );
}
