import { useQuery } from "@tanstack/react-query";
import { Button, Dropdown, Input, Skeleton } from "antd";
import { Copy, SearchCheck } from "lucide-react";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "@/api/http";
import type { DuplicateHit, Ref } from "@/api/types";
import { useObject, useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, objectIcon, PageHeader, problemText, Tabs, useFormat, usePageTitle } from "@/kit";
import { duplicatesPath, recordPath } from "../records/paths";
import styles from "./duplicates.module.css";
import { MatchRow } from "./MatchRow";
import { duplicatesMessages } from "./messages";
import { RequestsTab } from "./RequestsTab";

interface Similar {
  id: string;
  title: string;
  subtitle: string;
  object: string;
  owner: Ref | null;
  last_contact_at: string | null;
}

/** 查重: one question over customers, contacts and leads before anything is made twice. */
export function DuplicatesPage() {
  const t = duplicatesMessages.useT();
  const [search] = useSearchParams();
  usePageTitle(t("page"));
  return (
    <>
      <PageHeader title={t("page")} actions={<FindExisting />} />
      <div className={styles.page}>
        <p className="gx-2">{t("page_body")}</p>
        <Tabs
          label={t("page")}
          first={search.get("tab") === "requests" ? "requests" : "search"}
          items={[
            { key: "search", label: t("tab_search"), children: <SearchTab /> },
            { key: "requests", label: t("tab_requests"), children: <RequestsTab /> },
          ]}
        />
      </div>
    </>
  );
}

/** The way to the finder of each kind of record that is compared: doubles that are there already. */
function FindExisting() {
  const t = duplicatesMessages.useT();
  const label = useLabel();
  const { byKey } = useSchema();
  const objects = ["customer", "contact", "lead"].flatMap((key) => byKey.get(key) ?? []);
  if (objects.length === 0) return null;
  const items = objects.map((object) => ({
    key: object.key,
    label: <Link to={duplicatesPath(object.key)}>{label(object.label_plural)}</Link>,
  }));
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button icon={<Icon as={Copy} />}>{t("find_existing")}</Button>
    </Dropdown>
  );
}

function SearchTab() {
  const t = duplicatesMessages.useT();
  const [search, setSearch] = useSearchParams();
  const q = search.get("q") ?? "";
  const [typed, setTyped] = useState(q);
  const { data, error, isFetching } = useQuery({
    queryKey: ["duplicates", "search", q],
    queryFn: ({ signal }) =>
      api.post<{ data: DuplicateHit[]; similar: Similar[] }>("/duplicates/search", { q }, { signal }),
    enabled: q.length > 1,
    staleTime: 30_000,
    retry: false,
  });
  const ask = () => setSearch(typed.trim() ? { q: typed.trim() } : {}, { replace: true });
  return (
    <>
      <form
        className={styles.ask}
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <Input
          size="large"
          autoFocus
          allowClear
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={t("placeholder")}
          aria-label={t("placeholder")}
        />
        <Button size="large" type="primary" htmlType="submit" disabled={typed.trim().length < 2} loading={isFetching}>
          {t("search")}
        </Button>
      </form>
      {error && (
        <p className="gx-bad" role="alert">
          {problemText(error)}
        </p>
      )}
      {isFetching && !data && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      <div aria-live="polite">
        {data && data.data.length > 0 && (
          <section className={styles.found}>
            <h2>
              {t("equal")} <span className="gx-3">{data.data.length}</span>
            </h2>
            <ul>
              {data.data.map((hit, i) => (
                <MatchRow key={hit.id ?? hit.ref ?? i} hit={hit} found={{ q }} />
              ))}
            </ul>
          </section>
        )}
        {data && data.similar.length > 0 && (
          <section className={styles.found}>
            <h2>
              {t("similar")} <span className="gx-3">{data.similar.length}</span>
            </h2>
            <ul>
              {data.similar.map((hit) => (
                <SimilarRow key={hit.id} hit={hit} />
              ))}
            </ul>
          </section>
        )}
        {data && data.data.length + data.similar.length === 0 && (
          <Empty icon={SearchCheck} title={t("none")}>
            {t("none_body")}
          </Empty>
        )}
      </div>
      {!q && (
        <Empty icon={SearchCheck} title={t("start")}>
          {t("start_body")}
        </Empty>
      )}
    </>
  );
}

function SimilarRow({ hit }: { hit: Similar }) {
  const t = duplicatesMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const object = useObject(hit.object);
  return (
    <li className={styles.match}>
      <span className={styles.glyph} aria-hidden="true">
        <Icon as={objectIcon(object?.icon ?? "box", hit.object)} size={16} />
      </span>
      <div className={styles.words}>
        <Link className="gx-link" to={recordPath(hit.object, hit.id)}>
          {hit.title}
        </Link>
        <span className={styles.facts}>
          {object && <Chip tone="line">{label(object.label)}</Chip>}
          {hit.subtitle && <span className="gx-cut">{hit.subtitle}</span>}
          <span>{hit.owner ? t("owner", { name: hit.owner.name ?? "" }) : t("pool")}</span>
          {hit.last_contact_at && <span>{t("contact", { when: format.relative(hit.last_contact_at) })}</span>}
        </span>
      </div>
    </li>
  );
}
