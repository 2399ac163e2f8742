import { useLabel } from "@/i18n";
import { Chip } from "@/kit";
import { templateMessages } from "./locales";
import type { Step } from "./queries";
import styles from "./templates.module.css";

const TONES = { create: "ok", same: "mute", differs: "warn", impossible: "bad" } as const;

/** What would be created, and what would not. */
export function StepList({ steps }: { steps: Step[] }) {
  const t = templateMessages.useT();
  const label = useLabel();
  return (
    <ul className={styles.steps}>
      {steps.map((step) => (
        <li key={`${step.kind}-${step.object}-${step.key}`}>
          <Chip tone={TONES[step.state]}>{t(`state.${step.state}`)}</Chip>
          <span className="gx-3">{t(`kind.${step.kind}`)}</span>
          <span>{label(step.label) || step.key}</span>
          {step.kind !== "object" && <span className="gx-3">{step.object}</span>}
          {step.why && <span className={styles.why}>{step.why}</span>}
        </li>
      ))}
    </ul>
  );
}
