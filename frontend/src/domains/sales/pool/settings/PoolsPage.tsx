import { App, Button, Dropdown, Skeleton } from "antd";
import { Ellipsis, Plus, Waves } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { useSchema } from "@/api/useSchema";
import { Section } from "@/engine/settings/parts/Section";
import settings from "@/engine/settings/settings.module.css";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, problemText, usePageTitle, useProblem } from "@/kit";
import { type PoolBrief, usePools } from "../brief";
import { usePoolChanges, usePoolSetup } from "../queries";
import { useT } from "./messages";
import { PoolDrawer } from "./PoolDrawer";
import styles from "./pools.module.css";

/** Every pool: who is in it, and how many rules fill it. */
export function PoolsPage() {
  const t = useT();
  const pools = usePools();
  const [edited, setEdited] = useState<string | "new" | null>(null);
  const setup = usePoolSetup(edited === null || edited === "new" ? undefined : edited);
  usePageTitle(t("page"));
  return (
    <Section
      wide
      title={t("page")}
      body={t("body")}
      action={
        <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setEdited("new")}>
          {t("new")}
        </Button>
      }
    >
      {pools.error && !pools.data && <Empty title={problemText(pools.error)} />}
      {pools.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {pools.data?.length === 0 && (
        <Empty icon={Waves} title={t("none")}>
          {t("none_body")}
        </Empty>
      )}
      {pools.data && pools.data.length > 0 && (
        <ul className={settings.list}>
          {pools.data.map((pool, place) => (
            <Row
              key={pool.key}
              pool={pool}
              keys={pools.data.map(({ key }) => key)}
              place={place}
              onEdit={() => setEdited(pool.key)}
            />
          ))}
        </ul>
      )}
      {edited === "new" && <PoolDrawer pool={null} onClose={() => setEdited(null)} />}
      {edited !== null && edited !== "new" && setup.data?.key === edited && (
        <PoolDrawer key={edited} pool={setup.data} onClose={() => setEdited(null)} />
      )}
    </Section>
  );
}

interface RowProps {
  pool: PoolBrief;
  /** All pools in their order, and which one this is. */
  keys: string[];
  place: number;
  onEdit: () => void;
}

function Row({ pool, keys, place, onEdit }: RowProps) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { modal } = App.useApp();
  const { remove, order } = usePoolChanges();
  const move = (to: number) =>
    order.mutate(keys.toSpliced(place, 1).toSpliced(to, 0, pool.key), { onError: (error) => say(error) });
  const { data: setup } = usePoolSetup(pool.key);
  const object = useSchema().byKey.get(pool.object);
  const name = label(pool.name);
  const ask = () =>
    modal.confirm({
      title: t("remove_ask", { name }),
      content: t("remove_body"),
      okText: t("remove"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => remove.mutateAsync(pool.key).catch((error) => say(error)),
    });
  return (
    <li>
      <Icon as={Waves} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <button type="button" className={`gx-link gx-cut ${styles.name}`} onClick={onEdit}>
          {name}
        </button>{" "}
        {setup?.broken && <Chip tone="bad">{t("broken")}</Chip>}
        <div className="gx-2 gx-s12">
          {object && label(object.label_plural)}
          {setup &&
            ` · ${t("summary", {
              members: setup.members.length,
              rules: setup.rules.filter((rule) => rule.enabled).length,
            })}`}
        </div>
      </div>
      <Link to={`/pools/${pool.key}`}>{t("open")}</Link>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "edit", label: t("edit"), onClick: onEdit },
            { key: "up", label: t("up"), disabled: place === 0, onClick: () => move(place - 1) },
            { key: "down", label: t("down"), disabled: place === keys.length - 1, onClick: () => move(place + 1) },
            { key: "remove", label: t("remove"), danger: true, onClick: ask },
          ],
        }}
      >
        <Button type="text" icon={<Icon as={Ellipsis} />} aria-label={t("actions", { name })} />
      </Dropdown>
    </li>
  );
}
