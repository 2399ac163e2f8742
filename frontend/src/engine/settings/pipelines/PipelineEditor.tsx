import { move } from "@dnd-kit/helpers";
import { DragDropProvider } from "@dnd-kit/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { api, keys, type Pipeline } from "@/api";
import { isProblem } from "@/api/problem";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Chip, Icon, kitMessages, lazyPart, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import styles from "../settings.module.css";
import { draftOf, faultOf, recoloured, type StageDraft, toBody, withNewStage } from "./draft";
import type { Standing } from "./MoveStages";
import { StageRow } from "./StageRow";

const StageDrawer = lazyPart(async () => (await import("./StageDrawer")).StageDrawer);
const MoveStages = lazyPart(async () => (await import("./MoveStages")).MoveStages);

interface Props {
  object: string;
  pipeline: Pipeline;
  only: boolean;
}

/** One pipeline: edited in place, saved as a whole, because its stages belong together. */
export function PipelineEditor({ object, pipeline, only }: Props) {
  const t = settingsMessages.useT();
  const kit = kitMessages.useT();
  const label = useLabel();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const say = useProblem();
  const [draft, setDraft] = useState(() => draftOf(pipeline));
  const [touched, setTouched] = useState(false);
  const [guiding, setGuiding] = useState<string | null>(null);
  const [standing, setStanding] = useState<Standing[] | null>(null);
  const schema = useSchema().byKey.get(object);
  const fault = faultOf(draft);
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.pipelines(object) }),
      client.invalidateQueries({ queryKey: keys.schema }),
    ]);
  const save = useMutation({
    mutationFn: (body: object) => api.patch(`/pipelines/${pipeline.id}`, { ...body, version: pipeline.version }),
    onSuccess: async () => {
      setTouched(false);
      setStanding(null);
      message.success(t("saved"));
      await refresh();
    },
    onError: (error) => {
      if (isProblem(error) && error.code === "stage_in_use") setStanding(error.extra.stages as Standing[]);
      else {
        say(error);
        if (isProblem(error) && error.code === "stale_version") refresh();
      }
    },
  });
  const remove = useMutation({
    mutationFn: () => api.delete(`/pipelines/${pipeline.id}`),
    onError: (error) => say(error),
    onSettled: refresh,
  });

  const edit = (change: (before: typeof draft) => typeof draft) => {
    setDraft(change);
    setTouched(true);
  };
  const editStage = (id: string, patch: Partial<StageDraft>) =>
    edit((before) => ({
      ...before,
      stages: before.stages.map((stage) => (stage.id === id ? { ...stage, ...patch } : stage)),
    }));
  const askRemove = () =>
    modal.confirm({
      title: t("pipelines.delete"),
      content: t("pipelines.deleteAsk", { name: label(pipeline.name) }),
      okText: kit("delete"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => remove.mutate(),
    });

  return (
    <div className={styles.pipeline}>
      <div className={styles.pipelineHead}>
        <div className={styles.names}>
          {(["zh-CN", "en"] as const).map((language) => (
            <Input
              key={language}
              prefix={<span className="gx-3 gx-s12">{language === "en" ? "EN" : "中"}</span>}
              aria-label={`${t("pipelines.name")} ${t(language === "en" ? "pipelines.en" : "pipelines.zh")}`}
              value={draft.name[language]}
              maxLength={60}
              onChange={(event) =>
                edit((before) => ({ ...before, name: { ...before.name, [language]: event.target.value } }))
              }
            />
          ))}
        </div>
        {pipeline.is_default ? (
          <Chip tone="brand">{t("pipelines.default")}</Chip>
        ) : (
          <Button type="text" onClick={() => save.mutate({ is_default: true })}>
            {t("pipelines.makeDefault")}
          </Button>
        )}
        {!only && !pipeline.is_default && (
          <Button
            type="text"
            danger
            icon={<Icon as={Trash2} />}
            aria-label={t("pipelines.delete")}
            onClick={askRemove}
          />
        )}
      </div>
      <div className={styles.stages}>
        <div className={styles.stageHead} aria-hidden="true">
          <span />
          <span>{t("pipelines.colour")}</span>
          <span>{t("pipelines.zh")}</span>
          <span>{t("pipelines.en")}</span>
          <span>{t("pipelines.probability")}</span>
          <span>{t("pipelines.kind")}</span>
          <span>{t("pipelines.days")}</span>
          <span />
          <span />
        </div>
        <DragDropProvider
          onDragEnd={(event) =>
            !event.canceled && edit((before) => recoloured({ ...before, stages: move(before.stages, event) }))
          }
        >
          {draft.stages.map((stage, index) => (
            <StageRow
              key={stage.id}
              group={pipeline.id}
              stage={stage}
              index={index}
              count={draft.stages.length}
              onChange={(patch) => editStage(stage.id, patch)}
              onGuide={() => setGuiding(stage.id)}
              onRemove={() =>
                edit((before) => ({ ...before, stages: before.stages.filter((other) => other.id !== stage.id) }))
              }
            />
          ))}
        </DragDropProvider>
      </div>
      {schema &&
        draft.stages
          .filter((stage) => stage.id === guiding)
          .map((stage) => (
            <StageDrawer
              key={stage.id}
              object={schema}
              stage={stage}
              onClose={() => setGuiding(null)}
              onApply={(guide) => {
                editStage(stage.id, { guide });
                setGuiding(null);
              }}
            />
          ))}
      {standing && (
        <MoveStages
          standing={standing}
          stages={draft.stages}
          known={new Set(pipeline.stages.map((stage) => stage.key))}
          busy={save.isPending}
          onMove={(move) => save.mutate({ ...toBody(draft), move })}
          onClose={() => setStanding(null)}
        />
      )}
      <div className={styles.pipelineFoot}>
        <Button
          type="text"
          icon={<Icon as={Plus} />}
          onClick={() => edit((before) => recoloured(withNewStage(before, { "zh-CN": "新阶段", en: "New stage" })))}
        >
          {t("pipelines.addStage")}
        </Button>
        <span className={styles.grow}>
          {fault && (
            <span className="gx-bad gx-s12">{t(fault === "kinds" ? "pipelines.needs" : "pipelines.needsName")}</span>
          )}
        </span>
        {touched && (
          <>
            <Button
              onClick={() => {
                setDraft(draftOf(pipeline));
                setTouched(false);
              }}
            >
              {t("pipelines.revert")}
            </Button>
            <Button
              type="primary"
              disabled={fault !== null}
              loading={save.isPending}
              onClick={() => save.mutate(toBody(draft))}
            >
              {kit("save")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
