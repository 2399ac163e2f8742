import { Button, Dropdown, Skeleton } from "antd";
import { Download, ScrollText, SlidersHorizontal } from "lucide-react";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { Empty, Icon, lazyDialog, useFormat, useIsPhone, usePageTitle } from "@/kit";
import { Section } from "../parts/Section";
import styles from "./audit.module.css";
import { EntryRow } from "./EntryRow";
import { FilterBar } from "./FilterBar";
import { auditMessages } from "./messages";
import { type Entry, FILTERS, type Filters, filtersOf } from "./model";
import { exportUrl, useAbout, useEntries } from "./queries";
import { SealCard } from "./SealCard";

const EntryDrawer = lazyDialog(async () => (await import("./EntryDrawer")).EntryDrawer);
const WatchDrawer = lazyDialog(async () => (await import("./WatchDrawer")).WatchDrawer);

/** What happened, newest first: the state of the seal, what is looked for, and the entries by day. */
export function AuditPage() {
  const t = auditMessages.useT();
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => filtersOf(search), [search]);
  const [opened, setOpened] = useState<Entry | null>(null);
  const [watching, setWatching] = useState(false);
  const phone = useIsPhone();
  const [awaited, setAwaited] = useState<string | null>(null);
  const { data: about } = useAbout(awaited !== null);
  usePageTitle(t("page"));
  const change = (next: Filters) => {
    const kept = new URLSearchParams(search);
    for (const name of FILTERS) {
      const value = next[name];
      if (value) kept.set(name, value);
      else kept.delete(name);
    }
    setSearch(kept, { replace: true });
  };
  const items = (["xlsx", "csv"] as const).map((format) => ({
    key: format,
    label: (
      <a href={exportUrl(filters, format)} download>
        {t(`export_${format}`)}
      </a>
    ),
  }));
  const action = (
    <span className={styles.actions}>
      <Button
        icon={<Icon as={SlidersHorizontal} />}
        aria-label={t("watch")}
        onClick={() => setWatching(true)}
        disabled={!about}
      >
        {phone ? null : t("watch")}
      </Button>
      <Dropdown menu={{ items }} trigger={["click"]}>
        <Button icon={<Icon as={Download} />} aria-label={t("export")}>
          {phone ? null : t("export")}
        </Button>
      </Dropdown>
    </span>
  );
  return (
    <>
      <Section wide title={t("page")} body={t("page_body")} action={action}>
        {about ? (
          <SealCard seal={about.seal} awaited={awaited} onAwait={setAwaited} />
        ) : (
          <Skeleton.Button active block className={styles.sealWaiting} />
        )}
        <FilterBar about={about} filters={filters} onChange={change} />
        <Entries filters={filters} onOpen={setOpened} />
      </Section>
      <EntryDrawer open={opened !== null} entry={opened} onClose={() => setOpened(null)} onFilter={change} />
      {about && <WatchDrawer open={watching} watch={about.settings} onClose={() => setWatching(false)} />}
    </>
  );
}

function Entries({ filters, onOpen }: { filters: Filters; onOpen: (entry: Entry) => void }) {
  const t = auditMessages.useT();
  const list = useEntries(filters);
  const format = useFormat();
  const days = useMemo(() => {
    const found: { day: string; entries: Entry[] }[] = [];
    for (const entry of list.data?.pages.flatMap((page) => page.data) ?? []) {
      const day = format.date(entry.at);
      const last = found.at(-1);
      if (last?.day === day) last.entries.push(entry);
      else found.push({ day, entries: [entry] });
    }
    return found;
  }, [list.data, format]);
  if (list.isPending) return <Skeleton active title={false} paragraph={{ rows: 8 }} />;
  if (days.length === 0)
    return (
      <Empty icon={ScrollText} title={t("none")}>
        {t("none_hint")}
      </Empty>
    );
  return (
    <div className={styles.entries}>
      {days.map(({ day, entries }) => (
        <section key={day} aria-label={day}>
          <h3>{day}</h3>
          <ol>
            {entries.map((entry) => (
              <EntryRow key={entry.id} entry={entry} onOpen={onOpen} />
            ))}
          </ol>
        </section>
      ))}
      {list.hasNextPage && (
        <Button type="text" block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </div>
  );
}
