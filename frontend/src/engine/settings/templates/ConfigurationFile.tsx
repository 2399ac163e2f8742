import { Alert, App, Button, Modal, Upload } from "antd";
import { useState } from "react";
import { api } from "@/api/http";
import { problemText, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { templateMessages } from "./locales";
import { type Configuration, type Step, useTemplateChanges } from "./queries";
import { StepList } from "./StepList";

/** The workspace's shape as a file: out, and in after a look at what it would do. */
export function ConfigurationFile() {
  const t = templateMessages.useT();
  const say = useProblem();
  const { message } = App.useApp();
  const { preview, apply } = useTemplateChanges();
  const [coming, setComing] = useState<{ document: Configuration; steps: Step[] } | null>(null);
  const download = async () => {
    const document = await api.get<Configuration>("/configuration");
    const link = window.document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(document, null, 1)], { type: "application/json" }));
    link.download = "guanxi-configuration.json";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const look = async (file: File) => {
    let document: Configuration;
    try {
      document = JSON.parse(await file.text()) as Configuration;
    } catch {
      message.error(t("not_json"));
      return;
    }
    preview.mutate(document, { onSuccess: (steps) => setComing({ document, steps }), onError: (error) => say(error) });
  };
  const fresh = coming?.steps.filter((step) => step.state === "create").length ?? 0;
  const stuck = coming?.steps.some((step) => step.state === "impossible") ?? false;
  return (
    <Section
      wide
      title={t("config")}
      body={t("config_body")}
      action={
        <>
          <Button onClick={() => void download().catch(say)}>{t("export")}</Button>
          <Upload
            accept=".json,application/json"
            showUploadList={false}
            beforeUpload={(file) => {
              void look(file);
              return false;
            }}
          >
            <Button loading={preview.isPending}>{t("import")}</Button>
          </Upload>
        </>
      }
    >
      <Modal
        open={coming !== null}
        title={t("review")}
        onCancel={() => setComing(null)}
        okText={t("apply", { count: fresh })}
        okButtonProps={{ disabled: fresh === 0 || stuck }}
        confirmLoading={apply.isPending}
        onOk={() =>
          coming &&
          apply.mutate(coming.document, {
            onSuccess: (count) => {
              message.success(t("applied", { count }));
              setComing(null);
            },
          })
        }
        width={640}
        destroyOnHidden
      >
        {apply.isError && <Alert type="error" showIcon title={problemText(apply.error)} />}
        {fresh === 0 && !stuck && <p>{t("nothing")}</p>}
        {coming && <StepList steps={coming.steps} />}
      </Modal>
    </Section>
  );
}
