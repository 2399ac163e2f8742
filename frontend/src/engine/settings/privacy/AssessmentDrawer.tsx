import { App, Button, Checkbox, Drawer, Form, Input, Select } from "antd";
import { Plus, X } from "lucide-react";
import { api } from "@/api/http";
import { useLabel } from "@/i18n";
import { Icon, useProblem } from "@/kit";
import { useEventT } from "./event-messages";
import type { Assessment } from "./events";
import { useT } from "./messages";
import type { Choice } from "./model";
import styles from "./privacy.module.css";
import { useChange, useSave } from "./queries";

interface Props {
  row: Assessment | null;
  questions: Choice[];
  triggers: Choice[];
  onClose: () => void;
}

type Values = Pick<Assessment, "title" | "triggers" | "answers" | "risks" | "conclusion">;

/** An assessment: a draft to fill in, or a signed one to read. */
export function AssessmentDrawer({ row, questions, triggers, onClose }: Props) {
  const t = useEventT();
  const desk = useT();
  const label = useLabel();
  const say = useProblem();
  const { message, modal } = App.useApp();
  const [form] = Form.useForm<Values>();
  const save = useSave<Values, Assessment>("/privacy/assessments");
  const sign = useChange(({ id, version }: Assessment) => api.post(`/privacy/assessments/${id}/sign`, { version }));
  const signed = row?.state === "signed";
  const submit = async (andSign: boolean) => {
    try {
      const body = await form.validateFields();
      const saved = await save.mutateAsync({ id: row?.id, version: row?.version, body });
      if (andSign) await sign.mutateAsync(saved);
      message.success(desk("saved"));
      onClose();
    } catch (error) {
      if (error instanceof Error) say(error, form);
    }
  };
  const ask = () => modal.confirm({ title: t("assessments.sign_ask"), icon: null, onOk: () => submit(true) });
  const initial = row ?? { triggers: [], answers: {}, risks: [], conclusion: "" };
  const scale = (["1", "2", "3"] as const).map((key) => ({ value: Number(key), label: t(`assessments.scale.${key}`) }));
  return (
    <Drawer
      open
      size={680}
      title={row?.title ?? t("assessments.new")}
      onClose={onClose}
      footer={
        !signed && (
          <div className={styles.actions}>
            <Button type="primary" loading={save.isPending} onClick={() => void submit(false)}>
              {desk("save")}
            </Button>
            {row && <Button onClick={ask}>{t("assessments.sign")}</Button>}
          </div>
        )
      }
    >
      <Form form={form} layout="vertical" className={styles.form} initialValues={initial} disabled={signed}>
        <Form.Item name="title" label={t("assessments.name")} rules={[{ required: true, message: "" }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="triggers" label={t("assessments.triggers")}>
          <Checkbox.Group options={triggers.map((each) => ({ value: each.key, label: label(each.label) }))} />
        </Form.Item>
        <h3>{t("assessments.questions")}</h3>
        {questions.map((question) => (
          <Form.Item key={question.key} name={["answers", question.key]} label={label(question.label)}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
          </Form.Item>
        ))}
        <h3>{t("assessments.risks")}</h3>
        <Form.List name="risks">
          {(rows, { add, remove }) => (
            <div className={styles.stack}>
              {rows.map(({ key, name }) => (
                <div key={key} className={styles.recipient}>
                  <Form.Item name={[name, "risk"]} noStyle>
                    <Input placeholder={t("assessments.risk")} aria-label={t("assessments.risk")} maxLength={500} />
                  </Form.Item>
                  <div className={styles.two}>
                    {(["likelihood", "impact"] as const).map((part) => (
                      <Form.Item key={part} name={[name, part]} noStyle>
                        <Select
                          options={scale}
                          prefix={t(`assessments.${part}`)}
                          aria-label={t(`assessments.${part}`)}
                        />
                      </Form.Item>
                    ))}
                  </div>
                  <Button
                    type="text"
                    icon={<Icon as={X} size={14} />}
                    aria-label={desk("remove")}
                    onClick={() => remove(name)}
                  />
                  <Form.Item name={[name, "measure"]} noStyle>
                    <Input
                      placeholder={t("assessments.measure")}
                      aria-label={t("assessments.measure")}
                      maxLength={1000}
                    />
                  </Form.Item>
                </div>
              ))}
              <Button
                size="small"
                icon={<Icon as={Plus} size={14} />}
                onClick={() => add({ risk: "", likelihood: 1, impact: 1, measure: "" })}
              >
                {desk("add")}
              </Button>
            </div>
          )}
        </Form.List>
        <h3>{t("assessments.conclusion")}</h3>
        <Form.Item name="conclusion" label={t("assessments.conclusion")}>
          <Input.TextArea rows={3} maxLength={4000} />
        </Form.Item>
      </Form>
    </Drawer>
  );
}
