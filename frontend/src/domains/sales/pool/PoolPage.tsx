/** A pool's records, what one may still take of them, and taking them. */
import { App, Button, Input, Segmented, Skeleton } from "antd";
import { Settings2, Waves } from "lucide-react";
import { useEffect, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useMe } from "@/api";
import { isProblem } from "@/api/problem";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, PageHeader, problemText, useFormat, usePageTitle, useProblem } from "@/kit";
import { usePools } from "./brief";
import { HandOut } from "./HandOut";
import { useT } from "./messages";
import { PoolTable } from "./PoolTable";
import styles from "./pool.module.css";
import { type Claimed, type Pool, usePool, usePooled, usePoolMoves } from "./queries";

export function PoolPage() {
  const t = useT();
  const pools = usePools();
  const mayRules = useMe().areas.includes("rules");
  const { key = pools.data?.[0]?.key } = useParams();
  const pool = usePool(key);
  usePageTitle(t("page"));
  if (pools.data?.length === 0)
    return (
      <Empty page icon={Waves} title={t("none")} actions={mayRules && <Link to="/settings/pools">{t("set_up")}</Link>}>
        {t("none_body")}
      </Empty>
    );
  return (
    <>
      <Head pool={pool.data} settings={mayRules} />
      <div className={styles.page}>
        {pool.error && !pool.data && <Empty title={problemText(pool.error)} />}
        {pool.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
        {pool.data && <Records key={pool.data.key} pool={pool.data} />}
      </div>
    </>
  );
}

function Head({ pool, settings }: { pool: Pool | undefined; settings: boolean }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const go = useNavigate();
  const { data: pools = [] } = usePools();
  const count = pool && format.number(pool.count.value) + (pool.count.exact ? "" : "+");
  return (
    <>
      <PageHeader
        title={pool ? label(pool.name) : t("page")}
        count={count}
        actions={
          settings && (
            <Link to="/settings/pools">
              <Button icon={<Icon as={Settings2} />}>{t("settings")}</Button>
            </Link>
          )
        }
      />
      {pools.length > 1 && (
        <div className={styles.pools}>
          <Segmented
            aria-label={t("which")}
            value={pool?.key}
            options={pools.map((each) => ({ value: each.key, label: label(each.name) }))}
            onChange={(next) => go(`/pools/${next}`)}
          />
        </div>
      )}
    </>
  );
}

function Limits({ pool }: { pool: Pool }) {
  const t = useT();
  return (
    <p className={styles.limits}>
      {pool.limits.map((each) => (
        <Chip key={each.key} tone={each.used >= each.limit ? "bad" : undefined}>
          {t(`limits.${each.key}`, { used: each.used, limit: each.limit })}
        </Chip>
      ))}
      {pool.protection_days > 0 && <span>{t("protected", { n: pool.protection_days })}</span>}
      {pool.cooldown_days > 0 && <span>{t("cooldown", { n: pool.cooldown_days })}</span>}
      {!pool.claimable && <span>{t("managers_only")}</span>}
    </p>
  );
}

function Records({ pool }: { pool: Pool }) {
  const t = useT();
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const [handing, setHanding] = useState(false);
  const list = usePooled(pool.key, q);
  const { claim } = usePoolMoves(pool.key);
  const told = useTold(pool);
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), 250);
    return () => clearTimeout(timer);
  }, [typed]);
  const pages = list.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.data);
  const take = (ids: string[]) =>
    claim.mutate(ids, {
      onSuccess: told.claimed,
      onError: told.failed,
      onSettled: () => setChosen((now) => now.filter((id) => !ids.includes(id))),
    });
  return (
    <>
      <div className={styles.tools}>
        <Input.Search
          allowClear
          value={typed}
          placeholder={t("search")}
          aria-label={t("search")}
          maxLength={100}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Limits pool={pool} />
      </div>
      {chosen.length > 0 && (
        <div className={styles.bar} aria-live="polite">
          <b>{t("chosen", { n: chosen.length })}</b>
          {pool.claimable && (
            <Button type="primary" loading={claim.isPending} onClick={() => take(chosen)}>
              {t("claim_many", { n: chosen.length })}
            </Button>
          )}
          {pool.manages && <Button onClick={() => setHanding(true)}>{t("hand_out_many", { n: chosen.length })}</Button>}
          <Button type="text" onClick={() => setChosen([])}>
            {t("clear")}
          </Button>
        </div>
      )}
      {list.isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {list.isSuccess && rows.length === 0 && (
        <Empty icon={Waves} title={q ? t("nothing") : t("empty")}>
          {q ? undefined : t("empty_body")}
        </Empty>
      )}
      {rows.length > 0 && (
        <PoolTable
          pool={pool}
          fields={pages[0]?.fields ?? []}
          rows={rows}
          chosen={chosen}
          busy={claim.isPending}
          onChoose={setChosen}
          onClaim={(id) => take([id])}
        />
      )}
      {list.hasNextPage && (
        <Button type="text" block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      {handing && (
        <HandOut
          pool={pool}
          ids={chosen}
          onClose={() => setHanding(false)}
          onDone={() => {
            setHanding(false);
            setChosen([]);
          }}
        />
      )}
    </>
  );
}

/** What came of claiming, said to the person. */
function useTold(pool: Pool) {
  const t = useT();
  const say = useProblem();
  const go = useNavigate();
  const { message, notification } = App.useApp();
  return {
    claimed: (done: Claimed) => {
      const only = done.claimed.length === 1 ? done.claimed[0] : null;
      const path = only ? `/o/${pool.object}/${only}` : `/o/${pool.object}?view=builtin:mine`;
      notification.success({
        title: t("claimed", { n: done.claimed.length }),
        description: done.refused[0] && t("refused", { n: done.refused.length, why: done.refused[0].message }),
        actions: (
          <Button size="small" onClick={() => go(path)}>
            {t("claimed_open")}
          </Button>
        ),
      });
    },
    failed: (error: unknown) => {
      if (isProblem(error) && error.status === 409) void message.warning(problemText(error));
      else say(error);
    },
  };
}
