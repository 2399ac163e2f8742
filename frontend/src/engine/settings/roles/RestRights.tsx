import { Switch } from "antd";
import { useLabel } from "@/i18n";
import { Section } from "../parts/Section";
import { useT } from "./messages";
import type { Flat } from "./model";
import type { Matrix } from "./queries";
import styles from "./roles.module.css";

interface Props {
  flat: Flat;
  matrix: Matrix;
  readOnly: boolean;
  onChange: (paths: Record<string, string | boolean | undefined>) => void;
}

/** Actions beyond the verbs, and the parts of the settings. */
export function RestRights({ flat, matrix, readOnly, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const actions = new Map(matrix.objects.flatMap((object) => object.actions).map((action) => [action.key, action]));
  const objectsOf = (action: string) =>
    matrix.objects
      .filter((object) => object.actions.some((each) => each.key === action))
      .map((object) => label(object.label));
  const spread = (names: string[]) =>
    names.length > 4 ? `${names.slice(0, 4).join(t("list"))}…` : names.join(t("list"));
  return (
    <div className={styles.rest}>
      <Section title={t("actions")} body={t("actions_body")}>
        <ul className={styles.switches}>
          {[...actions.values()].map((action) => (
            <li key={action.key}>
              <Switch
                size="small"
                aria-label={label(action.label)}
                checked={flat[`actions.${action.key}`] !== false}
                disabled={readOnly}
                onChange={(on) => onChange({ [`actions.${action.key}`]: on ? undefined : false })}
              />
              <span>
                {label(action.label)}
                <span className="gx-3 gx-s12">{spread(objectsOf(action.key))}</span>
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("areas")} body={t("areas_body")}>
        <ul className={styles.switches}>
          {matrix.areas.map((area) => (
            <li key={area.key}>
              <Switch
                size="small"
                aria-label={label(area.label)}
                checked={flat[`areas.${area.key}`] === true}
                disabled={readOnly}
                onChange={(on) => onChange({ [`areas.${area.key}`]: on ? true : undefined })}
              />
              <span>
                {label(area.label)}
                <span className="gx-3 gx-s12">{label(area.help)}</span>
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
