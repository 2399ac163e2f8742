import type { Label } from "@/api/types";
import { useLabel } from "@/i18n";
import { Chip } from "@/kit";
import styles from "./companies.module.css";
import { companyMessages } from "./locales";
import type { Lookup } from "./queries";

/** What a credit code says by itself. */
export function CodeFacts({ code }: { code: NonNullable<Lookup["code"]> }) {
  const t = companyMessages.useT();
  const label = useLabel();
  const facts = [
    [t("code"), code.code],
    [t("kind"), code.kind && label(code.kind as unknown as Label)],
    [t("department"), code.department && label(code.department as unknown as Label)],
    [t("region"), code.region],
  ];
  return (
    <section className={styles.code}>
      <Chip tone={code.valid ? "ok" : "bad"}>{t(code.valid ? "valid" : "invalid")}</Chip>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value || "—"}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
