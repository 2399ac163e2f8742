import { Drawer, Skeleton } from "antd";
import type { ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Chip, Empty, problemText, useIsPhone } from "@/kit";
import styles from "./access.module.css";
import { Collaborators } from "./Collaborators";
import { useT } from "./messages";
import { type Access, useAccess, type Verb } from "./queries";
import { useRoleNames } from "./useRoleNames";

interface Props {
  object: ObjectSchema;
  record: RecordData;
  open: boolean;
  onClose: () => void;
}

/** Why one sees a record, what one may do with it, and who works on it besides its owner. */
export function AccessDrawer({ object, record, open, onClose }: Props) {
  const t = useT();
  const phone = useIsPhone();
  const { data, error } = useAccess(object.key, record.id);
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t("title", { name: record.title })}
      size={phone ? "100%" : 520}
      destroyOnHidden
    >
      {error && !data && <Empty title={problemText(error)} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {data && (
        <>
          <Why access={data} />
          {!object.line_of && object.fields.some((field) => field.key === "owner") && (
            <Collaborators object={object.key} id={record.id} may={data.can.share} />
          )}
        </>
      )}
    </Drawer>
  );
}

const VERBS: Verb[] = ["edit", "delete", "assign", "merge", "export"];

function Why({ access }: { access: Access }) {
  const t = useT();
  const label = useLabel();
  const roles = useRoleNames();
  const nameOf = (key: string) => label(roles.get(key), key);
  const may = VERBS.filter((verb) => access.can[verb]);
  return (
    <section className={styles.part}>
      <h3>{t("why_title")}</h3>
      <ul className={styles.ways}>
        {access.ways.map((way) => (
          <li key={`${way.kind}.${way.reason}`}>
            <span>
              {way.reason}
              {way.from.length > 0 && (
                <span className="gx-3 gx-s12"> {t("from", { roles: way.from.map(nameOf).join(t("list")) })}</span>
              )}
            </span>
            <Chip tone={way.edits ? "ok" : "mute"}>{t(way.edits ? "edits" : "reads")}</Chip>
          </li>
        ))}
      </ul>
      <p className="gx-2 gx-s13">
        {may.length ? t("can") + may.map((verb) => t(`verbs.${verb}`)).join(t("list")) : t("can_none")}
      </p>
    </section>
  );
}
