import { Button, Dropdown } from "antd";
import { Ellipsis } from "lucide-react";
import { useLabel } from "@/i18n";
import { Chip, Icon } from "@/kit";
import { useT } from "./messages";
import { ANY, type Flat, type Kind, linePreset, SCOPES, stored, VERBS } from "./model";
import type { ObjectRights } from "./queries";
import styles from "./roles.module.css";
import { ScopeCell } from "./ScopeCell";

interface Props {
  flat: Flat;
  saved: Flat;
  objects: ObjectRights[];
  readOnly: boolean;
  onChange: (paths: Record<string, string | boolean | undefined>) => void;
}

const PRESETS = ["inherit", "none", "look", "own", "team", "team_below", "all"] as const;

/** Objects by verbs: whose records each verb reaches. On a phone every object is a card of its own. */
export function VerbMatrix({ flat, saved, objects, readOnly, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const row = (object: Kind, name: string, last = false) => (
    <tr key={object.key} data-last={last}>
      <th scope="row">
        <span className={styles.rowName}>
          <span title={last ? t("others_help") : undefined}>{name}</span>
          {object.shared && <Chip title={t("shared_help")}>{t("shared")}</Chip>}
        </span>
      </th>
      {VERBS.map((verb) => {
        const path = `objects.${object.key}.${verb}`;
        return (
          <td key={verb} data-verb={t(`verb.${verb}`)}>
            <ScopeCell
              flat={flat}
              object={object}
              name={name}
              verb={verb}
              last={last}
              readOnly={readOnly}
              changed={flat[path] !== saved[path]}
              onChange={(scope) => onChange({ [path]: scope && stored(verb, scope) })}
            />
          </td>
        );
      })}
      <td className={styles.rowMenu}>
        {!readOnly && (
          <Dropdown
            trigger={["click"]}
            placement="bottomRight"
            menu={{
              items: [
                {
                  type: "group",
                  label: t("line"),
                  children: PRESETS.filter((preset) => !(last && preset === "inherit")).map((preset) => ({
                    key: preset,
                    label: t(`preset.${preset}`),
                    onClick: () => onChange(linePreset(object.key, preset)),
                  })),
                },
              ],
            }}
          >
            <Button type="text" size="small" icon={<Icon as={Ellipsis} />} aria-label={t("line_of", { name })} />
          </Dropdown>
        )}
      </td>
    </tr>
  );
  return (
    <>
      <ul className={styles.legend}>
        {SCOPES.map((scope) => (
          <li key={scope}>
            <span className={styles.swatch} data-scope={scope}>
              {t(`scope.${scope}`)}
            </span>
            {t(`scope_help.${scope}`)}
          </li>
        ))}
      </ul>
      {!readOnly && <p className={styles.keys}>{t("keys")}</p>}
      <div className={styles.matrixWrap}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">{t("object")}</th>
              {VERBS.map((verb) => (
                <th key={verb} scope="col">
                  {t(`verb.${verb}`)}
                </th>
              ))}
              <th scope="col">
                <span className="gx-hidden">{t("line")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {row({ key: ANY, shared: false }, t("others"), true)}
            {objects.filter((object) => object.line_of === null).map((object) => row(object, label(object.label)))}
          </tbody>
        </table>
      </div>
    </>
  );
}
