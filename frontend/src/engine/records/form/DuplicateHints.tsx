import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { Link } from "react-router";
import { api } from "@/api/http";
import type { DuplicateHit, ObjectSchema } from "@/api/types";
import { Icon } from "@/kit";
import { MatchRow } from "../../duplicates/MatchRow";
import { isBlank } from "../../fields";
import { useDebounced } from "../../fields/shared/useDebounced";
import { useT } from "../messages";
import { mergePath } from "../paths";
import { type Values, writable } from "../useRecord";
import styles from "./form.module.css";

const TELLING = new Set(["text", "phone", "email", "tax_number", "url"]);

/** Whom we already know, while one types: whose it is, and what one may do: open, merge, or ask for it. */
export function DuplicateHints({ object, values, ignore }: { object: ObjectSchema; values: Values; ignore?: string }) {
  const t = useT();
  const given = Object.fromEntries(
    object.fields
      .filter((field) => TELLING.has(field.type) && !isBlank(values[field.key]))
      .map((field) => [field.key, values[field.key]]),
  );
  const asked = useDebounced(JSON.stringify(writable(given)), 350);
  const { data } = useQuery({
    queryKey: ["duplicates", object.key, asked],
    queryFn: async ({ signal }) =>
      (await api.post<{ data: DuplicateHit[] }>(`/${object.key}/duplicates`, JSON.parse(asked), { signal })).data,
    enabled: asked.length > 6,
    staleTime: 15_000,
    retry: false,
  });
  const hits = (data ?? []).filter((hit) => hit.id !== ignore);
  if (hits.length === 0) return null;
  const opened = hits.flatMap((hit) => (hit.id && hit.object === object.key ? [hit.id] : []));
  return (
    <section className={styles.duplicates} aria-live="polite">
      <h3>
        <Icon as={Users} size={14} />
        {t("duplicates.title", { count: hits.length })}
      </h3>
      <ul>
        {hits.slice(0, 5).map((hit, i) => (
          <MatchRow key={hit.id ?? hit.ref ?? i} hit={hit} found={{ values: writable(given) }} newTab />
        ))}
      </ul>
      {ignore && opened.length > 0 && object.can.delete && (
        <Link className="gx-link gx-s12" to={mergePath(object.key, [ignore, ...opened])}>
          {t("duplicates.merge")}
        </Link>
      )}
    </section>
  );
}
