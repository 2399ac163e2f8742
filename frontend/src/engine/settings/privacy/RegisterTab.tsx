import { App, Button, Dropdown, Skeleton } from "antd";
import { Download, Plus } from "lucide-react";
import { useState } from "react";
import { api, buildUrl } from "@/api/http";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, problemText, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { useT } from "./messages";
import type { Counted, Purpose } from "./model";
import { PurposeDrawer } from "./PurposeDrawer";
import styles from "./privacy.module.css";
import { useChange, useChoices, usePurposes, useRemove } from "./queries";

/** The processing register: every purpose with its basis, and what people said to it. */
export function RegisterTab() {
  const t = useT();
  const say = useProblem();
  const { data, error } = usePurposes();
  const [editing, setEditing] = useState<Purpose | "new" | null>(null);
  const start = useChange(() => api.post("/privacy/purposes/starters", {}));
  const add = (
    <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setEditing("new")}>
      {t("register.new")}
    </Button>
  );
  return (
    <Section
      wide
      title={t("register.title")}
      body={t("register.body")}
      action={
        data?.data.length ? (
          <span className={styles.actions}>
            <ExportButton />
            {add}
          </span>
        ) : undefined
      }
    >
      {error && !data && <Empty title={problemText(error)} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
      {data?.data.length === 0 && (
        <Empty
          title={t("register.none")}
          actions={
            <>
              <Button
                type="primary"
                loading={start.isPending}
                onClick={() => start.mutate(undefined, { onError: (problem) => say(problem) })}
              >
                {t("register.starters")}
              </Button>
              <Button onClick={() => setEditing("new")}>{t("register.new")}</Button>
            </>
          }
        >
          {t("register.none_body")}
        </Empty>
      )}
      {data && data.data.length > 0 && (
        <ul className={styles.list}>
          {data.data.map((row) => (
            <PurposeRow key={row.id} row={row} said={data.consents} onEdit={() => setEditing(row)} />
          ))}
        </ul>
      )}
      {editing && <PurposeDrawer row={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </Section>
  );
}

function ExportButton() {
  const t = useT();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: (["xlsx", "html"] as const).map((format) => ({
          key: format,
          label: (
            <a href={buildUrl("/privacy/register", { format })} download>
              {t(`export_${format}`)}
            </a>
          ),
        })),
      }}
    >
      <Button icon={<Icon as={Download} />}>{t("export")}</Button>
    </Dropdown>
  );
}

interface RowProps {
  row: Purpose;
  said: Counted[];
  onEdit: () => void;
}

function PurposeRow({ row, said, onEdit }: RowProps) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { modal, message } = App.useApp();
  const { data: choices } = useChoices();
  const remove = useRemove("/privacy/purposes");
  const basis = choices?.bases.find((each) => each.key === row.basis);
  const mine = said.filter((each) => each.purpose === row.id && each.scope === "general");
  const total = (state: Counted["state"]) =>
    mine.filter((each) => each.state === state).reduce((sum, each) => sum + each.count, 0);
  const separate = choices?.separate.filter((each) => row.separate.includes(each.key)).map((each) => label(each.label));
  const ask = () =>
    modal.confirm({
      title: t("delete_ask", { name: label(row.name) }),
      icon: null,
      okText: t("delete"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => remove.mutateAsync(row.id).then(() => void message.success(t("deleted")), say),
    });
  return (
    <li>
      <span className={styles.words}>
        <span>
          <button type="button" className={styles.name} onClick={onEdit}>
            {label(row.name)}
          </button>
          {basis && <Chip tone={row.basis === "consent" ? "info" : "mute"}>{label(basis.label)}</Chip>}
          {row.retired && <Chip tone="warn">{t("retired")}</Chip>}
        </span>
        <span className={styles.facts}>
          {basis && label(basis.article)}
          {row.retention && ` · ${t("register.retention")} ${row.retention}`}
          {mine.length > 0 &&
            ` · ${t("register.said", { given: total("given"), withdrawn: total("withdrawn"), denied: total("denied") })}`}
        </span>
        {separate && separate.length > 0 && (
          <span className={styles.facts}>{t("register.needs", { list: separate.join(" · ") })}</span>
        )}
      </span>
      <Button type="text" size="small" onClick={onEdit}>
        {t("edit")}
      </Button>
      {mine.length === 0 && (
        <Button type="text" size="small" danger onClick={ask}>
          {t("delete")}
        </Button>
      )}
    </li>
  );
}
