import { App, Button, Drawer, InputNumber, Switch } from "antd";
import { useState } from "react";
import { useProblem } from "@/kit";
import styles from "./audit.module.css";
import { auditMessages } from "./messages";
import type { Watch } from "./model";
import { useSaveWatch } from "./queries";

interface Props {
  open: boolean;
  watch: Watch;
  onClose: () => void;
}

/** When administrators are told of unusual reading, and whether exports say who made them. */
export function WatchDrawer({ open, watch, onClose }: Props) {
  const t = auditMessages.useT();
  const say = useProblem();
  const { message } = App.useApp();
  const save = useSaveWatch();
  const [draft, setDraft] = useState<Partial<Watch>>({});
  const value = { ...watch, ...draft };
  const submit = () =>
    save.mutate(value, {
      onSuccess: () => {
        message.success(t("watching.saved"));
        setDraft({});
        onClose();
      },
      onError: (error) => say(error),
    });
  const number = (name: "alert_factor" | "alert_least" | "night_from" | "night_to", min: number, max: number) => (
    <InputNumber
      min={min}
      max={max}
      precision={0}
      value={value[name]}
      aria-label={t(`watching.${NAMES[name]}`)}
      suffix={name === "alert_least" ? t("watching.least_unit") : name === "alert_factor" ? "×" : ":00"}
      onChange={(next) => setDraft({ ...draft, [name]: next ?? watch[name] })}
    />
  );
  return (
    <Drawer
      open={open}
      size={440}
      title={t("watching.title")}
      onClose={onClose}
      footer={
        <Button type="primary" block loading={save.isPending} onClick={submit}>
          {t("watching.save")}
        </Button>
      }
    >
      <div className={styles.watch}>
        <h3>{t("watching.reading")}</h3>
        <p>{t("watching.reading_body")}</p>
        <Line name={t("watching.factor")}>{number("alert_factor", 2, 1000)}</Line>
        <Line name={t("watching.least")}>{number("alert_least", 10, 10_000_000)}</Line>
        <h3>{t("watching.night")}</h3>
        <p>{t("watching.night_body")}</p>
        <Line name={t("watching.night_from")}>{number("night_from", 0, 23)}</Line>
        <Line name={t("watching.night_to")}>{number("night_to", 0, 23)}</Line>
        <h3>{t("watching.watermark")}</h3>
        <p>{t("watching.watermark_body")}</p>
        <Line name={t("watching.visible")}>
          <Switch
            checked={value.visible_watermark}
            aria-label={t("watching.visible")}
            onChange={(visible_watermark) => setDraft({ ...draft, visible_watermark })}
          />
        </Line>
      </div>
    </Drawer>
  );
}

const NAMES = { alert_factor: "factor", alert_least: "least", night_from: "night_from", night_to: "night_to" } as const;

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={styles.line}>
      <span>{name}</span>
      {children}
    </div>
  );
}
