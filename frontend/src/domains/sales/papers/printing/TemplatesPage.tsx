/** The templates of printed papers: the source on the left, what the sample looks like on the right. */
import { Alert, App, Button, Input, Segmented, Skeleton, Space } from "antd";
import { useEffect, useState } from "react";
import { Section } from "@/engine/settings/parts/Section";
import { useLabel, useLocale } from "@/i18n";
import { Chip, problemText, usePageTitle, useProblem } from "@/kit";
import { useT } from "./messages";
import styles from "./printing.module.css";
import { type PrintTemplate, usePrintTemplateChanges, usePrintTemplates, useSample } from "./queries";

const LANGUAGE = "https://typst.app/docs/";

export function PrintTemplatesPage() {
  const t = useT();
  const label = useLabel();
  usePageTitle(t("title"));
  const templates = usePrintTemplates();
  const [chosen, setChosen] = useState("quote");
  const template = templates.data?.find((each) => each.object === chosen);
  return (
    <Section wide title={t("title")} body={t("body")}>
      {templates.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {templates.isError && <Alert type="error" showIcon title={problemText(templates.error)} />}
      {templates.data && (
        <Segmented
          aria-label={t("object")}
          value={chosen}
          onChange={setChosen}
          options={templates.data.map((each) => ({ value: each.object, label: label(each.label) }))}
        />
      )}
      {template && <Editor key={`${template.object}-${template.version}`} template={template} />}
    </Section>
  );
}

function Editor({ template }: { template: PrintTemplate }) {
  const t = useT();
  const say = useProblem();
  const { message, modal } = App.useApp();
  const [source, setSource] = useState(template.source);
  const [locale, setLocale] = useState<string>(useLocale());
  const sample = useSample();
  const { save, reset } = usePrintTemplateChanges(template.object);
  const look = sample.mutate;
  useEffect(
    () => look({ object: template.object, source: template.source, locale }),
    [look, template.object, template.source, locale],
  );
  const wrong = save.error ?? sample.error;
  const ask = () =>
    modal.confirm({
      title: t("reset_ask"),
      content: t("reset_body"),
      icon: null,
      okText: t("reset"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => reset.mutateAsync().then(() => void message.success(t("saved")), say),
    });
  return (
    <div className={styles.editor}>
      <div className={styles.source}>
        <Space wrap>
          <Chip tone={template.is_standard ? "mute" : "ok"}>{t(template.is_standard ? "standard" : "changed")}</Chip>
          <a className="gx-link" href={LANGUAGE} target="_blank" rel="noreferrer">
            {t("guide")}
          </a>
          {source !== template.source && <span className="gx-3 gx-s13">{t("unsaved")}</span>}
        </Space>
        <Input.TextArea
          aria-label={t("source")}
          className={styles.code}
          spellCheck={false}
          value={source}
          onChange={(event) => setSource(event.target.value)}
        />
        {wrong && <Alert type="error" showIcon title={problemText(wrong)} />}
        <Space wrap>
          <Button
            type="primary"
            disabled={source === template.source}
            loading={save.isPending}
            onClick={() =>
              save.mutate({ source, version: template.version }, { onSuccess: () => void message.success(t("saved")) })
            }
          >
            {t("save")}
          </Button>
          <Button
            loading={sample.isPending}
            onClick={() => {
              save.reset();
              look({ object: template.object, source, locale });
            }}
          >
            {t("look")}
          </Button>
          {!template.is_standard && <Button onClick={ask}>{t("reset")}</Button>}
        </Space>
      </div>
      <div className={styles.sample}>
        <Segmented
          aria-label={t("language")}
          size="small"
          value={locale}
          onChange={setLocale}
          options={[
            { value: "zh-CN", label: "中文" },
            { value: "en", label: "English" },
          ]}
        />
        {sample.data?.map((page, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pages have no other name than their number
          <img key={n} src={page} alt={t("page", { n: n + 1 })} />
        ))}
        {!sample.data && sample.isPending && <Skeleton active title={false} paragraph={{ rows: 12 }} />}
      </div>
    </div>
  );
}
