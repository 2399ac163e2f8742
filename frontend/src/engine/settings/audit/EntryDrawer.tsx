import { Button, Drawer, Skeleton } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useSchema } from "@/api";
import { recordPath } from "@/engine/records/paths";
import { useLabel } from "@/i18n";
import { useFormat } from "@/kit";
import styles from "./audit.module.css";
import { auditMessages } from "./messages";
import { type Change, type Entry, type Filters, partsOf, shown } from "./model";
import { useEntry } from "./queries";

interface Props {
  open: boolean;
  entry: Entry | null;
  onClose: () => void;
  onFilter: (filters: Filters) => void;
}

const VIA = ["web", "api", "import", "flow", "public", "system"] as const;
const ACTIONS = [
  "create",
  "update",
  "delete",
  "restore",
  "merge",
  "unmerge",
  "undo",
  "convert",
  "claim",
  "hand_out",
  "return",
  "recycle",
] as const;

/** Everything one entry says, and what its request changed. */
export function EntryDrawer({ open, entry, onClose, onFilter }: Props) {
  const t = auditMessages.useT();
  const label = useLabel();
  return (
    <Drawer open={open} size={520} title={entry ? label(entry.kind_label) : t("entry.title")} onClose={onClose}>
      {entry && (
        <Details
          key={entry.id}
          entry={entry}
          onFilter={(filters) => {
            onFilter(filters);
            onClose();
          }}
        />
      )}
    </Drawer>
  );
}

function Details({ entry, onFilter }: { entry: Entry; onFilter: (filters: Filters) => void }) {
  const t = auditMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const schema = useSchema();
  const { data } = useEntry(entry.id);
  const { pairs, rest } = partsOf(entry.detail);
  const via = VIA.find((each) => each === entry.via);
  const object = entry.object ? schema.byKey.get(entry.object) : undefined;
  const facts: [string, ReactNode][] = [
    [t("entry.when"), format.dateTime(entry.at)],
    [t("entry.who"), entry.actor ? (entry.actor.name ?? t("gone")) : t("system")],
    [t("entry.token"), entry.token && (entry.token.name ?? entry.token.id)],
    [t("entry.where"), entry.ip],
    [t("entry.program"), entry.agent],
    [t("entry.through"), via && t(`via.${via}`)],
    [t("entry.request"), entry.operation && <code>{entry.operation}</code>],
    [t("entry.object"), entry.object_label && label(entry.object_label)],
    [
      t("entry.record"),
      entry.record &&
        (object ? (
          <Link to={recordPath(object.key, entry.record)}>{t("entry.open")}</Link>
        ) : (
          <code>{entry.record}</code>
        )),
    ],
    [t("entry.count"), entry.count > 1 && format.number(entry.count)],
    [t("entry.id"), <code key="id">{entry.id}</code>],
  ];
  return (
    <div className={styles.details}>
      <Facts facts={facts} />
      {pairs.length > 0 && <Pairs pairs={pairs} />}
      {rest.length > 0 && (
        <>
          <h3>{t("entry.details")}</h3>
          <Facts facts={rest.map(([name, value]) => [name, <code key={name}>{shown(value)}</code>])} />
        </>
      )}
      {entry.kind === "request.write" &&
        (data ? <Changes changes={data.changes} /> : <Skeleton active title={false} />)}
      <div className={styles.ways}>
        {entry.actor && (
          <Button size="small" onClick={() => onFilter({ actor: entry.actor?.id })}>
            {t("entry.same_person")}
          </Button>
        )}
        {entry.ip && (
          <Button size="small" onClick={() => onFilter({ ip: entry.ip })}>
            {t("entry.same_ip")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl>
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function Pairs({ pairs }: { pairs: [string, unknown, unknown][] }) {
  const t = auditMessages.useT();
  return (
    <table className={styles.pairs}>
      <thead>
        <tr>
          <th scope="col">{t("entry.field")}</th>
          <th scope="col">{t("entry.before")}</th>
          <th scope="col">{t("entry.after")}</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(([name, before, after]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{shown(before)}</td>
            <td>{shown(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Changes({ changes }: { changes: Change[] }) {
  const t = auditMessages.useT();
  const label = useLabel();
  if (changes.length === 0) return null;
  return (
    <>
      <h3>{t("entry.changes")}</h3>
      <ul className={styles.changes}>
        {changes.map((change) => (
          <li key={`${change.record}${change.action}`}>
            <Link to={recordPath(change.object, change.record)}>
              {change.object_label ? label(change.object_label) : change.object}
            </Link>
            <span>{t(`actions.${ACTIONS.find((each) => each === change.action) ?? "other"}`)}</span>
            <span className="gx-3">{change.fields.map((field) => label(field)).join(" · ")}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
