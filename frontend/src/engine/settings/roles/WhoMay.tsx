import { Select, Skeleton } from "antd";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { Avatar, useFormat } from "@/kit";
import { Section } from "../parts/Section";
import shared from "../settings.module.css";
import { useT } from "./messages";
import { isSwitch, VERBS, type Verb } from "./model";
import { type RoleInfo, useMatrix, useWho } from "./queries";
import styles from "./roles.module.css";

/** The matrix the other way round: everybody who may do something with an object, and why. */
export function WhoMay({ roles }: { roles: RoleInfo[] }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  // Not what oneself may see: a security officer sees no records and still asks about all of them.
  const { data: known } = useMatrix({ role: "admin" });
  const [object, setObject] = useState<string | null>(null);
  const [verb, setVerb] = useState<Verb>("see");
  const [field, setField] = useState<string | undefined>();
  const { data, isFetching } = useWho(object ? { object, verb, field } : null);
  const chosen = known?.objects.find((each) => each.key === object);
  const names = (keys: string[]) =>
    keys.map((key) => label(roles.find((role) => role.key === key)?.name, key)).join(t("list"));
  return (
    <Section wide title={t("who")} body={t("who_body")}>
      <div className={styles.whoTools}>
        <Select
          aria-label={t("who_object")}
          placeholder={t("who_object")}
          value={object}
          onChange={(key) => {
            setObject(key);
            setField(undefined);
          }}
          showSearch={{ optionFilterProp: "label" }}
          options={known?.objects.map((each) => ({ value: each.key, label: label(each.label) }))}
        />
        <Select
          aria-label={t("who_verb")}
          value={verb}
          onChange={setVerb}
          options={VERBS.map((each) => ({ value: each, label: t(`verb.${each}`) }))}
        />
        <Select
          aria-label={t("who_field")}
          placeholder={t("who_field")}
          value={field}
          allowClear
          disabled={!chosen}
          onChange={setField}
          showSearch={{ optionFilterProp: "label" }}
          options={chosen?.fields.map((each) => ({ value: each.key, label: label(each.label) }))}
        />
        {data && object && <span className="gx-3 gx-s13">{t("who_count", { n: format.number(data.count) })}</span>}
      </div>
      {object && !data && isFetching && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {object && data?.count === 0 && <p className={styles.note}>{t("who_nobody")}</p>}
      {object && data && data.count > 0 && (
        <div className={shared.tableWrap}>
          <table className={shared.table}>
            <thead>
              <tr>
                <th scope="col">{t("person")}</th>
                <th scope="col">{t("range")}</th>
                {field && <th scope="col">{t("sees_as")}</th>}
                <th scope="col">{t("given_by")}</th>
              </tr>
            </thead>
            <tbody>
              {data.data.map((entry) => (
                <tr key={entry.id}>
                  <td>
                    <div className={shared.person}>
                      <Avatar id={entry.id} name={entry.name} />
                      <div>
                        <span>{entry.name}</span>
                        {entry.team && <span className="gx-3 gx-s12">{entry.team.name}</span>}
                      </div>
                    </div>
                  </td>
                  <td>
                    <span className={styles.swatch} data-scope={entry.scope}>
                      {isSwitch(verb) ? t("on") : t(`scope.${entry.scope}`)}
                    </span>
                  </td>
                  {field && (
                    <td>
                      {entry.field && (
                        <span className={styles.swatch} data-right={entry.field.right}>
                          {t(`right.${entry.field.right}`)}
                        </span>
                      )}
                    </td>
                  )}
                  <td className="gx-2">{names([...new Set([...entry.from, ...(entry.field?.from ?? [])])])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
