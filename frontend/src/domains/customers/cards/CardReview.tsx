import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Radio } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useObject } from "@/api";
import { api } from "@/api/http";
import type { DuplicateHit } from "@/api/types";
import { problemText } from "@/kit";
import { CardFields } from "./CardFields";
import { CardImage } from "./CardImage";
import styles from "./cards.module.css";
import { cardMessages } from "./locales";
import { bestValues, type CardValue, draftOf, filled, type ScannedCard } from "./scan";
import { CardRefused, useSaveCard } from "./useSaveCard";

const CONTACT = ["name", "job_title", "department", "mobile", "phone", "email", "wechat"];
const CUSTOMER = ["name", "region", "website", "tax_number"];

/** Image and values side by side: the person decides, then both records are made. */
export function CardReview({ card, file, isPhoto }: { card: ScannedCard; file: File; isPhoto: boolean }) {
  const t = cardMessages.useT();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const contact = useObject("contact");
  const customer = useObject("customer");
  const read = bestValues(card);
  const [draft, setDraft] = useState(() => draftOf(card));
  const [looked, setLooked] = useState<CardValue>();
  const [chosen, setChosen] = useState<string>();
  const [problem, setProblem] = useState("");
  const [refused, setRefused] = useState<CardRefused>();
  const save = useSaveCard();
  const asked = filled({ name: draft.customer.name ?? "", tax_number: draft.customer.tax_number ?? "" });
  const hits = useQuery({
    queryKey: ["duplicates", "customer", asked],
    queryFn: async ({ signal }) =>
      (await api.post<{ data: DuplicateHit[] }>("/customer/duplicates", asked, { signal })).data,
    enabled: Boolean(asked.name),
    retry: false,
  });
  if (!contact || !customer) return null;
  const known = (hits.data ?? []).filter((hit) => hit.can_open && hit.id);
  const hidden = (hits.data ?? []).filter((hit) => !hit.can_open);
  const change = (object: "contact" | "customer") => (key: string, value: string) =>
    setDraft((before) => ({ ...before, [object]: { ...before[object], [key]: value } }));
  const submit = () => {
    setProblem("");
    if (!draft.contact.name?.trim() && !draft.customer.name?.trim()) return setProblem(t("needs_name"));
    save.mutate(
      { draft, customerId: chosen || refused?.customerId },
      {
        onSuccess: (saved) => {
          const record = saved.contact ?? saved.customer;
          if (!record) return;
          message.success(t("saved", { name: draft.contact.name || draft.customer.name || "" }));
          navigate(`/o/${saved.contact ? "contact" : "customer"}/${record.id}`);
        },
        onError: (error) => {
          if (!(error instanceof CardRefused)) return setProblem(problemText(error));
          setRefused(error);
          setProblem(error.customerId ? t("saved_customer") : problemText(error.cause));
        },
      },
    );
  };
  const errorsOf = (object: string) => (refused?.object === object ? refused.errors : {});
  return (
    <div className={styles.review}>
      {isPhoto && <CardImage file={file} label={t("photo")} shown={looked} />}
      <div className={styles.fields}>
        <CardFields
          object={contact}
          fields={CONTACT}
          read={read.contact}
          values={draft.contact}
          errors={errorsOf("contact")}
          onChange={change("contact")}
          onLook={setLooked}
        />
        <CardFields
          object={customer}
          fields={CUSTOMER}
          read={read.customer}
          values={draft.customer}
          errors={errorsOf("customer")}
          onChange={change("customer")}
          onLook={setLooked}
        />
        {known.length > 0 && (
          <div className={styles.known}>
            <p id="card-known">{t("known")}</p>
            <Radio.Group
              aria-labelledby="card-known"
              value={chosen ?? ""}
              onChange={(event) => setChosen(event.target.value || undefined)}
              options={[
                ...known.map((hit) => ({ value: hit.id ?? "", label: t("use", { name: hit.title ?? "" }) })),
                { value: "", label: t("fresh") },
              ]}
            />
          </div>
        )}
        {hidden.map((hit, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what one may not open has no id
          <p key={i} className="gx-3">
            {t("hidden", { owner: hit.owner?.name ?? t("somebody") })}
          </p>
        ))}
        {problem && <Alert type="error" showIcon title={problem} />}
        <div>
          <Button type="primary" loading={save.isPending} onClick={submit}>
            {t("save")}
          </Button>
        </div>
        {card.rest.length > 0 && (
          <details>
            <summary>{t("rest")}</summary>
            <p className="gx-3">{card.rest.join(" · ")}</p>
          </details>
        )}
      </div>
    </div>
  );
}
