import { useSortable } from "@dnd-kit/react/sortable";
import { Button, Input, InputNumber, Select } from "antd";
import { GripVertical, ListChecks, X } from "lucide-react";
import type { StageKind } from "@/api";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { settingsMessages } from "../locales";
import styles from "../settings.module.css";
import { asksOf, colourOf, STAGE_COLOURS, type StageDraft } from "./draft";

interface Props {
  group: string;
  stage: StageDraft;
  index: number;
  count: number;
  onChange: (patch: Partial<StageDraft>) => void;
  onGuide: () => void;
  onRemove: () => void;
}

const KINDS: StageKind[] = ["open", "won", "lost"];

export function StageRow({ group, stage, index, count, onChange, onGuide, onRemove }: Props) {
  const t = settingsMessages.useT();
  const label = useLabel();
  const asks = asksOf(stage.guide);
  const { ref, handleRef, isDragging } = useSortable({ id: stage.id, index, group });
  const name = label(stage.name) || t("pipelines.newStage");
  const open = stage.kind === "open";
  const changeKind = (kind: StageKind) =>
    onChange({
      kind,
      ...(kind === "won" ? { probability: 100 } : kind === "lost" ? { probability: 0 } : {}),
      color: null,
    });
  return (
    <div className={styles.stage} ref={ref} data-dragging={isDragging}>
      <button type="button" className={styles.handle} ref={handleRef} aria-label={t("pipelines.moveStage", { name })}>
        <Icon as={GripVertical} />
      </button>
      <Select
        aria-label={`${t("pipelines.colour")}: ${name}`}
        value={colourOf(stage, index, count)}
        onChange={(color) => onChange({ color })}
        options={STAGE_COLOURS.map((colour) => ({ value: colour, label: <Swatch colour={colour} /> }))}
      />
      <Input
        aria-label={`${t("pipelines.stageName")} ${t("pipelines.zh")}`}
        value={stage.name["zh-CN"]}
        maxLength={40}
        onChange={(event) => onChange({ name: { ...stage.name, "zh-CN": event.target.value } })}
      />
      <Input
        aria-label={`${t("pipelines.stageName")} ${t("pipelines.en")}`}
        value={stage.name.en}
        maxLength={40}
        onChange={(event) => onChange({ name: { ...stage.name, en: event.target.value } })}
      />
      <InputNumber
        aria-label={`${t("pipelines.probability")}: ${name}`}
        value={stage.probability}
        min={0}
        max={100}
        precision={0}
        suffix="%"
        controls={false}
        disabled={!open}
        onChange={(probability) => onChange({ probability: probability ?? 0 })}
        style={{ width: "100%" }}
      />
      <Select
        aria-label={`${t("pipelines.kind")}: ${name}`}
        value={stage.kind}
        onChange={changeKind}
        options={KINDS.map((kind) => ({ value: kind, label: t(`pipelines.kinds.${kind}`) }))}
      />
      <InputNumber
        aria-label={`${t("pipelines.days")}: ${name}`}
        value={open ? stage.expected_days : null}
        min={1}
        max={999}
        precision={0}
        controls={false}
        disabled={!open}
        placeholder="—"
        onChange={(expected_days) => onChange({ expected_days })}
        style={{ width: "100%" }}
      />
      <Button
        type="text"
        className={styles.stageGuide}
        icon={<Icon as={ListChecks} />}
        aria-label={t("pipelines.guide", { name })}
        title={t("pipelines.guide", { name })}
        onClick={onGuide}
      >
        {asks > 0 ? asks : null}
      </Button>
      <Button
        type="text"
        icon={<Icon as={X} />}
        aria-label={t("pipelines.removeStage", { name })}
        onClick={onRemove}
        disabled={count <= 3}
      />
    </div>
  );
}

function Swatch({ colour }: { colour: (typeof STAGE_COLOURS)[number] }) {
  const t = settingsMessages.useT();
  return (
    <span className={styles.swatch}>
      <i style={{ background: `var(--gx-${colour})` }} />
      {t(`pipelines.colours.${colour}`)}
    </span>
  );
}
