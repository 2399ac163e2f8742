import { App, Button, Dropdown, Skeleton, Switch } from "antd";
import { Ellipsis, FileInput, Plus } from "lucide-react";
import { useState } from "react";
import { Section } from "@/engine/settings/parts/Section";
import settings from "@/engine/settings/settings.module.css";
import { Chip, Empty, Icon, lazyPart, problemText, useFormat, usePageTitle, useProblem } from "@/kit";
import styles from "./forms.module.css";
import { useT } from "./messages";
import type { WebForm } from "./model";
import { useFormChanges, useForms } from "./queries";

const FormDrawer = lazyPart(async () => (await import("./FormDrawer")).FormDrawer);
const ResultsDrawer = lazyPart(async () => (await import("./ResultsDrawer")).ResultsDrawer);
const DrawDrawer = lazyPart(async () => (await import("./DrawDrawer")).DrawDrawer);
const ShareDrawer = lazyPart(async () => (await import("./ShareDrawer")).ShareDrawer);

/** Web forms: which there are, what came of them, their links. */
export function WebFormsPage() {
  const t = useT();
  const { data, error, isPending } = useForms();
  const [edited, setEdited] = useState<WebForm | "new" | null>(null);
  const [shared, setShared] = useState<WebForm | null>(null);
  const [counted, setCounted] = useState<WebForm | null>(null);
  const [drawn, setDrawn] = useState<WebForm | null>(null);
  usePageTitle(t("page"));
  if (error && !data) return <Empty title={problemText(error)} />;
  return (
    <Section
      wide
      title={t("page")}
      body={t("body")}
      action={
        <Button type="primary" icon={<Icon as={Plus} />} disabled={!data} onClick={() => setEdited("new")}>
          {t("new")}
        </Button>
      }
    >
      {isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data?.forms.length === 0 && (
        <Empty icon={FileInput} title={t("none")}>
          {t("none_body")}
        </Empty>
      )}
      {data && data.forms.length > 0 && (
        <ul className={settings.list}>
          {data.forms.map((form) => (
            <Row
              key={form.id}
              form={form}
              onEdit={() => setEdited(form)}
              onShare={() => setShared(form)}
              onCount={() => setCounted(form)}
              onDraw={() => setDrawn(form)}
            />
          ))}
        </ul>
      )}
      {edited && data && (
        <FormDrawer
          form={edited === "new" ? null : edited}
          setup={data}
          onClose={() => setEdited(null)}
          onMade={(made) => setShared(made)}
        />
      )}
      {shared && <ShareDrawer form={shared} onClose={() => setShared(null)} />}
      {counted && <ResultsDrawer form={counted} onClose={() => setCounted(null)} />}
      {drawn && <DrawDrawer form={drawn} onClose={() => setDrawn(null)} />}
    </Section>
  );
}

interface RowProps {
  form: WebForm;
  onEdit: () => void;
  onShare: () => void;
  onCount: () => void;
  onDraw: () => void;
}

function Row({ form, onEdit, onShare, onCount, onDraw }: RowProps) {
  const t = useT();
  const say = useProblem();
  const format = useFormat();
  const { modal } = App.useApp();
  const { save, remove } = useFormChanges();
  const { name } = form;
  const ask = () =>
    modal.confirm({
      title: t("remove_ask", { name }),
      content: t("remove_body"),
      okText: t("remove"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => remove.mutateAsync(form.id).catch((error) => say(error)),
    });
  const facts = [
    form.answers ? t("answers", { n: format.number(form.answers) }) : t("no_answers"),
    form.last_answer_at ? t("last", { time: format.relative(form.last_answer_at) }) : "",
    form.campaign,
  ];
  return (
    <li data-off={!form.enabled}>
      <Icon as={FileInput} size={16} />
      <div className={styles.body}>
        <div className={styles.title}>
          <button type="button" className="gx-link gx-cut" onClick={onEdit}>
            {name}
          </button>
          {form.kind !== "lead" && <Chip tone="info">{t(`kind_${form.kind}`)}</Chip>}
          {!form.enabled && <Chip>{t("off")}</Chip>}
        </div>
        <div className="gx-2 gx-s12 gx-cut">{facts.filter(Boolean).join(" · ")}</div>
      </div>
      <Switch
        size="small"
        checked={form.enabled}
        aria-label={t("on_of", { name })}
        loading={save.isPending}
        onChange={(enabled) => save.mutate({ form, body: { enabled } }, { onError: (error) => say(error) })}
      />
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "share", label: t("share"), onClick: onShare },
            ...(form.kind === "lottery" ? [{ key: "draw", label: t("draw_log"), onClick: onDraw }] : []),
            ...(form.questions.length ? [{ key: "results", label: t("results"), onClick: onCount }] : []),
            {
              key: "open",
              label: (
                <a href={form.url} target="_blank" rel="noopener noreferrer">
                  {t("open")}
                </a>
              ),
              disabled: !form.enabled,
            },
            { key: "edit", label: t("change"), onClick: onEdit },
            { key: "remove", label: t("remove"), danger: true, onClick: ask },
          ],
        }}
      >
        <Button type="text" icon={<Icon as={Ellipsis} />} aria-label={t("actions", { name })} />
      </Dropdown>
    </li>
  );
}
