import { Button, Input, InputNumber } from "antd";
import { Plus, X } from "lucide-react";
import { useLocale } from "@/i18n";
import { Icon } from "@/kit";
import { useT } from "./messages";
import styles from "./plans.module.css";
import type { Step } from "./queries";

const MOST = 20;

/** What is to be done on which day; written in the language on screen, the other one follows until it is given. */
export function StepsEdit({ steps, onChange }: { steps: Step[]; onChange: (steps: Step[]) => void }) {
  const t = useT();
  const locale = useLocale();
  const set = (index: number, patch: Partial<Step>) =>
    onChange(steps.map((step, at) => (at === index ? { ...step, ...patch } : step)));
  return (
    <ol className={styles.steps}>
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
        <li key={index}>
          <InputNumber
            className={styles.day}
            min={0}
            max={730}
            value={step.day}
            suffix={t("day_suffix")}
            aria-label={t("day")}
            onChange={(day) => set(index, { day: day ?? 0 })}
          />
          <Input
            value={step.subject[locale] || step.subject["zh-CN"] || step.subject.en}
            maxLength={120}
            placeholder={t("subject_hint")}
            aria-label={t("subject")}
            onChange={(event) => {
              const other = locale === "en" ? "zh-CN" : "en";
              const followed = !step.subject[other] || step.subject[other] === step.subject[locale];
              const subject = { ...step.subject, [locale]: event.target.value };
              set(index, { subject: followed ? { ...subject, [other]: event.target.value } : subject });
            }}
          />
          <Button
            type="text"
            icon={<Icon as={X} />}
            disabled={steps.length === 1}
            aria-label={t("remove_step", { n: index + 1 })}
            onClick={() => onChange(steps.filter((_, at) => at !== index))}
          />
        </li>
      ))}
      {steps.length < MOST && (
        <li>
          <Button
            icon={<Icon as={Plus} />}
            onClick={() =>
              onChange([...steps, { day: (steps.at(-1)?.day ?? 0) + 3, subject: { "zh-CN": "", en: "" } }])
            }
          >
            {t("add")}
          </Button>
        </li>
      )}
    </ol>
  );
}
