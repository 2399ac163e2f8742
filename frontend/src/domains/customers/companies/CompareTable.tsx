import { Alert, App, Button, Checkbox, Skeleton } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useObject } from "@/api";
import type { RecordData } from "@/api/types";
import { FieldRead } from "@/engine/fields";
import { useLabel } from "@/i18n";
import { Chip, problemText } from "@/kit";
import styles from "./companies.module.css";
import { companyMessages } from "./locales";
import { type Company, useApply, useProposals } from "./queries";

const TONE = { new: "ok", same: "mute", conflict: "warn" } as const;

/** Each field beside what is there: new ones chosen, contradicting ones only when the person says so. */
export function CompareTable({ company, record }: { company: Company; record?: RecordData }) {
  const t = companyMessages.useT();
  const label = useLabel();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const object = useObject("customer");
  const { data, error } = useProposals(company, record);
  const apply = useApply(record);
  const [choice, setChoice] = useState<Record<string, boolean>>({});
  if (error) return <Alert type="error" showIcon title={problemText(error)} />;
  if (!data || !object) return <Skeleton active />;
  const isChosen = (field: string, state: string) => choice[field] ?? state === "new";
  const chosen = data.filter((row) => isChosen(row.field, row.state) && row.state !== "same");
  const submit = () =>
    apply.mutate(Object.fromEntries(chosen.map((row) => [row.field, row.value])), {
      onSuccess: (saved) => {
        message.success(record ? t("applied", { count: chosen.length }) : t("made", { name: saved.title }));
        navigate(`/o/customer/${saved.id}`);
      },
    });
  return (
    <section className={styles.compare}>
      {data.some((row) => row.state === "conflict") && <p className="gx-3">{t("conflict_hint")}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">{t("field")}</th>
            {record && <th scope="col">{t("now")}</th>}
            <th scope="col">{t("found")}</th>
            {record && <th scope="col">{t("state")}</th>}
          </tr>
        </thead>
        <tbody>
          {data.map((row) => {
            const field = object.fields.find((one) => one.key === row.field);
            if (!field) return null;
            return (
              <tr key={row.field}>
                <td>
                  <Checkbox
                    checked={isChosen(row.field, row.state) && row.state !== "same"}
                    disabled={row.state === "same"}
                    onChange={(event) => setChoice((before) => ({ ...before, [row.field]: event.target.checked }))}
                  >
                    {label(field.label)}
                  </Checkbox>
                </td>
                {record && (
                  <td>
                    <FieldRead field={field} value={row.current} />
                  </td>
                )}
                <td>
                  <FieldRead field={field} value={row.value} />
                </td>
                {record && (
                  <td>
                    <Chip tone={TONE[row.state]}>{t(`state_${row.state}`)}</Chip>
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {apply.isError && <Alert type="error" showIcon title={problemText(apply.error)} />}
      <div>
        <Button type="primary" disabled={chosen.length === 0} loading={apply.isPending} onClick={submit}>
          {t(record ? "apply" : "create")}
        </Button>
      </div>
    </section>
  );
}
