import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { Plus } from "lucide-react";
import { api, keys, type Page, type Pipeline } from "@/api";
import { Icon, lazyPart, usePageTitle, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { Section } from "../parts/Section";
import { useSettingsText } from "../useSettingsText";
import { startingStages } from "./draft";

// Dragging stages is the heavy part: it comes while the pipelines are asked for.
const PipelineEditor = lazyPart(async () => (await import("./PipelineEditor")).PipelineEditor);
const OBJECT = "opportunity";

export function PipelinesPage() {
  const t = settingsMessages.useT();
  const sections = useSettingsText();
  const client = useQueryClient();
  const say = useProblem();
  usePageTitle(sections("sections.pipelines"));
  const pipelines = useQuery({
    queryKey: keys.pipelines(OBJECT),
    queryFn: async ({ signal }) => {
      const answer = await api.get<Page<Pipeline> | Pipeline[]>("/pipelines", { query: { object: OBJECT }, signal });
      return Array.isArray(answer) ? answer : answer.data;
    },
  });
  const create = useMutation({
    mutationFn: () =>
      api.post<Pipeline>("/pipelines", {
        object: OBJECT,
        name: { "zh-CN": "新流程", en: "New pipeline" },
        stages: startingStages(),
      }),
    onError: (error) => say(error),
    onSettled: () => client.invalidateQueries({ queryKey: keys.pipelines(OBJECT) }),
  });
  return (
    <Section
      wide
      title={sections("sections.pipelines")}
      body={t("pipelines.body")}
      action={
        <Button icon={<Icon as={Plus} />} onClick={() => create.mutate()} loading={create.isPending}>
          {t("pipelines.new")}
        </Button>
      }
    >
      {pipelines.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {pipelines.data?.map((pipeline) => (
        <PipelineEditor
          key={`${pipeline.id}:${JSON.stringify(pipeline.stages)}`}
          object={OBJECT}
          pipeline={pipeline}
          only={pipelines.data.length === 1}
        />
      ))}
    </Section>
  );
}
