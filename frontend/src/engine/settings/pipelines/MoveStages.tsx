import { Modal, Select } from "antd";
import { useState } from "react";
import type { Label } from "@/api/types";
import { useLabel } from "@/i18n";
import type { StageDraft } from "./draft";
import { pipelineMessages } from "./messages";
import styles from "./stage.module.css";

export interface Standing {
  key: string;
  name: Label;
  count: number;
}

interface Props {
  standing: Standing[];
  stages: StageDraft[];
  /** The keys that the server knows: a stage that is new cannot take anything yet. */
  known: ReadonlySet<string>;
  busy: boolean;
  onMove: (move: Record<string, string>) => void;
  onClose: () => void;
}

/** Deals stand in a stage that is to go: where do they go? */
export function MoveStages({ standing, stages, known, busy, onMove, onClose }: Props) {
  const t = pipelineMessages.useT();
  const label = useLabel();
  const left = stages.filter((stage) => known.has(stage.key));
  const [move, setMove] = useState<Record<string, string>>(() =>
    Object.fromEntries(standing.map((each) => [each.key, left[0]?.key ?? ""])),
  );
  return (
    <Modal
      open
      title={t("move_title")}
      okText={t("move_do")}
      cancelText={t("cancel")}
      confirmLoading={busy}
      okButtonProps={{ disabled: left.length === 0 }}
      onOk={() => onMove(move)}
      onCancel={onClose}
    >
      <p className="gx-2">{t("move_body")}</p>
      <div className={styles.moves}>
        {standing.map((each) => {
          const text = t("move_of", { name: label(each.name), n: each.count });
          return (
            // biome-ignore lint/a11y/noLabelWithoutControl: the select inside is the control
            <label key={each.key}>
              {text}
              <Select
                aria-label={text}
                value={move[each.key]}
                options={left.map((stage) => ({ value: stage.key, label: label(stage.name) }))}
                onChange={(to) => setMove({ ...move, [each.key]: to })}
              />
            </label>
          );
        })}
      </div>
    </Modal>
  );
}
