import { Alert, Button, Drawer, Form, Input, Select } from "antd";
import { useState } from "react";
import { api } from "@/api/http";
import { useSchema } from "@/api/useSchema";
import { moduleOf } from "@/engine/fields";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { useT } from "./messages";
import { type ImportResult, type Purpose, pastedRows } from "./model";
import styles from "./privacy.module.css";
import { useChange, useChoices } from "./queries";

interface Values {
  object: string;
  match: string;
  purpose: string;
  channel?: string;
  state: string;
  note: string;
  rows: string;
}

/** Consents that were given elsewhere: pasted from a sheet, tried first, then written. */
export function ImportDialog({ purposes, onClose }: { purposes: Purpose[]; onClose: () => void }) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const [form] = Form.useForm<Values>();
  const [result, setResult] = useState<(ImportResult & { dry: boolean }) | null>(null);
  const { objects, byKey } = useSchema();
  const { data: choices } = useChoices();
  const run = useChange((body: object) => api.post<ImportResult>("/privacy/consents/import", body));
  const object = byKey.get(Form.useWatch("object", form) ?? "");
  const chosen = Form.useWatch("purpose", form);
  const purpose = purposes.find((each) => each.id === chosen);
  const reachable = objects.filter((each) => each.fields.some((field) => moduleOf(field).reaches));
  const submit = async (dry: boolean) => {
    const values = await form.validateFields();
    const rows = pastedRows(values.rows, {
      purpose: values.purpose,
      channel: values.channel ?? "general",
      scope: "general",
      state: values.state,
    });
    run.mutate(
      { object: values.object, match: values.match, note: values.note, rows, dry_run: dry },
      { onSuccess: (found) => setResult({ ...found, dry }), onError: (error) => say(error, form) },
    );
  };
  const needed = [{ required: true, message: "" }];
  return (
    <Drawer
      open
      size={560}
      title={t("consents.import_title")}
      onClose={onClose}
      footer={
        <div className={styles.actions}>
          <Button loading={run.isPending} onClick={() => void submit(true).catch(() => undefined)}>
            {t("consents.trial")}
          </Button>
          <Button
            type="primary"
            disabled={!result?.dry || result.written === 0}
            loading={run.isPending}
            onClick={() => void submit(false).catch(() => undefined)}
          >
            {t("consents.write")}
          </Button>
        </div>
      }
    >
      <p className="gx-2">{t("consents.import_body")}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ state: "given" }}
        onValuesChange={() => setResult(null)}
        className={styles.form}
      >
        <div className={styles.two}>
          <Form.Item name="object" label={t("consents.object")} rules={needed}>
            <Select options={reachable.map((each) => ({ value: each.key, label: label(each.label) }))} />
          </Form.Item>
          <Form.Item name="match" label={t("consents.match")} rules={needed}>
            <Select
              options={object?.fields
                .filter((field) => moduleOf(field).reaches)
                .map((field) => ({ value: field.key, label: label(field.label) }))}
            />
          </Form.Item>
          <Form.Item name="purpose" label={t("consents.purpose")} rules={needed}>
            <Select options={purposes.map((each) => ({ value: each.id, label: label(each.name) }))} />
          </Form.Item>
          <Form.Item name="channel" label={t("consents.channel")} hidden={!purpose?.channels.length}>
            <Select
              options={choices?.channels
                .filter((each) => purpose?.channels.includes(each.key))
                .map((each) => ({ value: each.key, label: label(each.label) }))}
            />
          </Form.Item>
          <Form.Item name="state" label={t("consents.state")}>
            <Select
              options={(["given", "withdrawn", "denied"] as const).map((state) => ({
                value: state,
                label: t(`consents.${state}`),
              }))}
            />
          </Form.Item>
        </div>
        <Form.Item name="note" label={t("consents.note")} rules={needed}>
          <Input maxLength={500} placeholder={t("consents.note_hint")} />
        </Form.Item>
        <Form.Item name="rows" label={t("consents.rows")} rules={needed}>
          <Input.TextArea rows={10} placeholder={"13800138000\t2024-05-01"} />
        </Form.Item>
      </Form>
      {result && (
        <Alert
          type={result.refused ? "warning" : "success"}
          title={
            result.dry
              ? t("consents.trial_result", { written: result.written, refused: result.refused })
              : t("consents.written", { written: result.written })
          }
          description={result.errors.slice(0, 20).map((error) => (
            <div key={`${error.row}.${error.field}`}>
              {t("consents.row", { n: error.row })}: {error.message}
            </div>
          ))}
        />
      )}
    </Drawer>
  );
}
