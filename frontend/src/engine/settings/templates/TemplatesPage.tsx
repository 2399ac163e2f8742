/** Starting points by industry, and the workspace's configuration as a file. */
import { Alert, App, Button, Checkbox, Modal, Skeleton } from "antd";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { Chip, Icon, objectIcon, problemText, usePageTitle, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { ConfigurationFile } from "./ConfigurationFile";
import { templateMessages } from "./locales";
import { type TemplateInfo, useTemplateChanges, useTemplatePlan, useTemplates } from "./queries";
import { StepList } from "./StepList";
import styles from "./templates.module.css";

export function TemplatesPage() {
  const t = templateMessages.useT();
  usePageTitle(t("title"));
  const templates = useTemplates();
  const [chosen, setChosen] = useState<TemplateInfo | null>(null);
  return (
    <>
      <Section wide title={t("title")} body={t("body")}>
        {templates.isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
        <ul className={styles.cards}>
          {templates.data?.map((template) => (
            <TemplateCard key={template.key} template={template} onUse={() => setChosen(template)} />
          ))}
        </ul>
        {chosen && <UseDialog template={chosen} onClose={() => setChosen(null)} />}
      </Section>
      <ConfigurationFile />
    </>
  );
}

function TemplateCard({ template, onUse }: { template: TemplateInfo; onUse: () => void }) {
  const t = templateMessages.useT();
  const label = useLabel();
  const say = useProblem();
  const { modal, message } = App.useApp();
  const { remove } = useTemplateChanges();
  const name = label(template.label);
  const ask = () =>
    modal.confirm({
      title: t("remove_ask", { name }),
      icon: null,
      okText: t("remove"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => remove.mutateAsync(template.key).then(() => void message.success(t("removed")), say),
    });
  return (
    <li className={styles.card}>
      <h3>
        <Icon as={objectIcon(template.icon)} size={18} />
        {name}
        {template.installed && <Chip tone="ok">{t("in_use")}</Chip>}
      </h3>
      <p>{label(template.about)}</p>
      <p className="gx-3">
        {t("objects")}: {template.objects.map((each) => label(each)).join(" · ")}
      </p>
      {template.installed ? (
        <Button onClick={ask} loading={remove.isPending}>
          {t("remove")}
        </Button>
      ) : (
        <Button onClick={onUse}>{t("use")}</Button>
      )}
    </li>
  );
}

function UseDialog({ template, onClose }: { template: TemplateInfo; onClose: () => void }) {
  const t = templateMessages.useT();
  const label = useLabel();
  const { message } = App.useApp();
  const { install } = useTemplateChanges();
  const plan = useTemplatePlan(template.key);
  const [samples, setSamples] = useState(true);
  return (
    <Modal
      open
      title={label(template.label)}
      onCancel={onClose}
      okText={t("use")}
      confirmLoading={install.isPending}
      onOk={() =>
        install.mutate(
          { key: template.key, samples },
          {
            onSuccess: () => {
              message.success(t("done"));
              onClose();
            },
          },
        )
      }
      width={640}
    >
      <h4>{t("will")}</h4>
      {plan.data ? <StepList steps={plan.data} /> : <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      <Checkbox checked={samples} onChange={(event) => setSamples(event.target.checked)}>
        {t("samples")}
      </Checkbox>
      {install.isError && <Alert type="error" showIcon title={problemText(install.error)} />}
    </Modal>
  );
}
