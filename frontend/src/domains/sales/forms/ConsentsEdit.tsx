import { Button, Checkbox, Input, Select } from "antd";
import { X } from "lucide-react";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import styles from "./forms.module.css";
import { useT } from "./messages";
import type { AskedConsent, Purpose } from "./model";

interface Props {
  purposes: Purpose[];
  consents: AskedConsent[];
  onChange: (consents: AskedConsent[]) => void;
}

/** What visitors are asked to agree to, in the words of the register or the form's own. */
export function ConsentsEdit({ purposes, consents, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const left = purposes.filter((purpose) => !consents.some((each) => each.purpose === purpose.id));
  const put = (consent: AskedConsent, patch: Partial<AskedConsent>) =>
    onChange(consents.map((each) => (each === consent ? { ...each, ...patch } : each)));
  return (
    <section>
      <h3>{t("consents")}</h3>
      <p className="gx-3 gx-s12">{t(purposes.length ? "consents_hint" : "consents_none")}</p>
      <ul className={styles.lines}>
        {consents.map((consent) => {
          const purpose = purposes.find((each) => each.id === consent.purpose);
          const name = label(purpose?.name, "?");
          return (
            <li key={consent.purpose} className={styles.consent}>
              <div className={styles.head}>
                <span className={`${styles.body} gx-cut`}>{name}</span>
                <Checkbox
                  checked={consent.required}
                  onChange={(event) => put(consent, { required: event.target.checked })}
                >
                  {t("must")}
                </Checkbox>
                <Button
                  type="text"
                  size="small"
                  icon={<Icon as={X} />}
                  aria-label={t("remove_of", { name })}
                  onClick={() => onChange(consents.filter((each) => each !== consent))}
                />
              </div>
              <div className={styles.two}>
                {(["zh-CN", "en"] as const).map((locale) => (
                  <Input.TextArea
                    key={locale}
                    autoSize={{ minRows: 2, maxRows: 6 }}
                    maxLength={2000}
                    aria-label={`${t("consent_text", { name })} (${locale})`}
                    placeholder={purpose?.text[locale]}
                    value={consent.text[locale] ?? ""}
                    onChange={(event) => put(consent, { text: { ...consent.text, [locale]: event.target.value } })}
                  />
                ))}
              </div>
            </li>
          );
        })}
      </ul>
      {left.length > 0 && (
        <Select
          style={{ width: 260 }}
          aria-label={t("consent_add")}
          placeholder={t("consent_add")}
          value={null}
          options={left.map((purpose) => ({ value: purpose.id, label: label(purpose.name) }))}
          onChange={(purpose: string | null) =>
            purpose && onChange([...consents, { purpose, required: false, text: {} }])
          }
        />
      )}
    </section>
  );
}
