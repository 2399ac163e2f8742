import { Drawer, Skeleton } from "antd";
import type { Member } from "@/api";
import { useLabel } from "@/i18n";
import { Chip, Empty, problemText, useFormat, useIsPhone } from "@/kit";
import { useT } from "./messages";
import { isSwitch, VERBS, type Verb } from "./model";
import { type Matrix, type ObjectRights, useMatrix, useRoles } from "./queries";
import styles from "./roles.module.css";

/** Everything a person may do, each cell with the roles that give it. */
export function RightsDrawer({ member, open, onClose }: { member: Member; open: boolean; onClose: () => void }) {
  const t = useT();
  const phone = useIsPhone();
  const { data, error } = useMatrix({ user: member.id });
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t("drawer", { name: member.name })}
      size={phone ? "100%" : 1080}
      destroyOnHidden
    >
      {error && !data && <Empty title={problemText(error)} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 12 }} />}
      {data && <Shown matrix={data} />}
    </Drawer>
  );
}

function Shown({ matrix }: { matrix: Matrix }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const { data: roles } = useRoles();
  const nameOf = (key: string) => label(roles?.find((role) => role.key === key)?.name, key);
  const several = matrix.roles.length > 1;
  const from = (keys: string[]) => (several && keys.length ? keys.map(nameOf).join(t("list")) : null);
  const objects = matrix.objects.filter((object) => object.line_of === null);
  const limited = matrix.objects
    .filter((object) => object.verbs.see.scope !== "none")
    .flatMap((object) =>
      object.fields
        // Where somebody changes no record of an object, all its fields are only read: that is in the matrix already.
        .filter((field) => field.right !== "edit" && (field.right !== "read" || changes(object)))
        .map((field) => ({ object, field })),
    );
  const off = objects.flatMap((object) =>
    object.verbs.see.scope === "none"
      ? []
      : object.actions
          .filter((action) => !action.allowed && isGiven(object, action.verb))
          .map((action) => ({ object, action })),
  );
  const areas = matrix.areas.filter((area) => area.open);
  return (
    <>
      <div className={styles.sources}>
        {several ? (
          <>
            {matrix.roles.map((key) => (
              <Chip key={key} tone="line">
                {nameOf(key)}
              </Chip>
            ))}
            <span>{t("drawer_merged", { n: format.number(matrix.roles.length) })}</span>
          </>
        ) : (
          t("drawer_all_from", { role: nameOf(matrix.roles[0] ?? "") })
        )}
      </div>
      <div className={styles.readWrap}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">{t("object")}</th>
              {VERBS.map((verb) => (
                <th key={verb} scope="col">
                  {t(`verb.${verb}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {objects.map((object) => (
              <tr key={object.key}>
                <th scope="row">{label(object.label)}</th>
                {VERBS.map((verb) => (
                  <td key={verb} data-verb={t(`verb.${verb}`)}>
                    <ReadCell verb={verb} object={object} from={from} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <section className={styles.drawerPart}>
        <h3>{t("drawer_fields")}</h3>
        {limited.length === 0 && <p className="gx-3 gx-s13">{t("drawer_no_fields")}</p>}
        <ul className={styles.facts}>
          {limited.map(({ object, field }) => (
            <li key={`${object.key}.${field.key}`}>
              <span className={styles.swatch} data-right={field.right}>
                {t(`right.${field.right}`)}
              </span>
              <span>
                {label(object.label)} · {label(field.label)}
                {several && field.from.length > 0 && <span className="gx-3 gx-s12"> {from(field.from)}</span>}
              </span>
            </li>
          ))}
        </ul>
        {off.length > 0 && <h3>{t("drawer_actions")}</h3>}
        <ul className={styles.facts}>
          {off.map(({ object, action }) => (
            <li key={`${object.key}.${action.key}`}>
              {label(object.label)} · {label(action.label)}
            </li>
          ))}
        </ul>
        <h3>{t("drawer_areas")}</h3>
        {areas.length === 0 && <p className="gx-3 gx-s13">{t("drawer_no_areas")}</p>}
        <ul className={styles.facts}>
          {areas.map((area) => (
            <li key={area.key}>
              {label(area.label)} <span className="gx-3 gx-s12">{from(area.from)}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** An action that its verb allows is off because a role says so; all others go with their verb. */
const isGiven = (object: ObjectRights, verb: string): boolean =>
  (object.verbs as Record<string, { scope: string } | undefined>)[verb]?.scope !== "none";
const changes = (object: ObjectRights) => object.verbs.edit.scope !== "none" || object.verbs.create.scope !== "none";

function ReadCell(props: { verb: Verb; object: ObjectRights; from: (keys: string[]) => string | null }) {
  const t = useT();
  const { verb, object, from } = props;
  const cell = object.verbs[verb];
  const none = cell.scope === "none";
  const word = isSwitch(verb) ? t(none ? "off" : "on") : t(`scope.${cell.scope}`);
  return (
    <span className={styles.readCell}>
      <span className={styles.swatch} data-scope={cell.scope}>
        {word}
      </span>
      {!none && <span className={styles.from}>{from(cell.from)}</span>}
    </span>
  );
}
