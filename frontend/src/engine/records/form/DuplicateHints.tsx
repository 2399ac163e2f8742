import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { Link } from "react-router";
import { api } from "@/api/http";
import type { DuplicateHit, Label, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { isBlank } from "../../fields";
import { useDebounced } from "../../fields/shared/useDebounced";
import { useT } from "../messages";
import { recordPath } from "../paths";
import { type Values, writable } from "../useRecord";
import styles from "./form.module.css";

type Hit = Omit<DuplicateHit, "reason"> & { reason: string | { field: string; label: Label }; strict?: boolean };

const TELLING = new Set(["text", "phone", "email", "tax_number", "url"]);

/** Whom we already know, while one types: who owns it, and whether one may open it. */
export function DuplicateHints({ object, values, ignore }: { object: ObjectSchema; values: Values; ignore?: string }) {
  const t = useT();
  const label = useLabel();
  const given = Object.fromEntries(
    object.fields
      .filter((field) => TELLING.has(field.type) && !isBlank(values[field.key]))
      .map((field) => [field.key, values[field.key]]),
  );
  const asked = useDebounced(JSON.stringify(writable(given)), 350);
  const { data } = useQuery({
    queryKey: ["duplicates", object.key, asked],
    queryFn: async ({ signal }) =>
      (await api.post<{ data: Hit[] }>(`/${object.key}/duplicates`, JSON.parse(asked), { signal })).data,
    enabled: asked.length > 6,
    staleTime: 15_000,
    retry: false,
  });
  const hits = (data ?? []).filter((hit) => hit.id !== ignore);
  if (hits.length === 0) return null;
  return (
    <section className={styles.duplicates} aria-live="polite">
      <h3>
        <Icon as={Users} size={14} />
        {t("duplicates.title", { count: hits.length })}
      </h3>
      <ul>
        {hits.slice(0, 5).map((hit, i) => (
          <li key={hit.id ?? `hidden-${i}`}>
            {hit.can_open && hit.id ? (
              <Link className="gx-link" to={recordPath(hit.object, hit.id)} target="_blank" rel="noopener">
                {hit.title}
              </Link>
            ) : (
              <span>{hit.title ?? t("duplicates.hidden")}</span>
            )}
            <span className="gx-3">
              {typeof hit.reason === "string" ? hit.reason : t("duplicates.same", { name: label(hit.reason.label) })}
              {hit.owner && ` · ${t("duplicates.owner", { name: hit.owner.name })}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
