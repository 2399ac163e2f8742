import { Input } from "antd";
import { Search } from "lucide-react";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import styles from "./formulas.module.css";
import { useT } from "./messages";
import { type FormulaFunction, useFunctions } from "./queries";

/** Every function with what it does; a click puts it in. */
export function FunctionList({ onPick }: { onPick: (item: FormulaFunction) => void }) {
  const t = useT();
  const label = useLabel();
  const functions = useFunctions();
  const [wanted, setWanted] = useState("");
  const text = wanted.trim().toLowerCase();
  const found = (functions.data ?? []).filter(
    (item) => !text || `${item.key} ${item.name["zh-CN"]} ${label(item.doc)}`.toLowerCase().includes(text),
  );
  const groups = [...new Map(found.map((item) => [item.group, item.group_label]))];
  return (
    <div className={styles.functions}>
      <Input
        size="small"
        prefix={<Icon as={Search} size={14} />}
        placeholder={t("findFunction")}
        aria-label={t("findFunction")}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        allowClear
      />
      <div className={styles.shelves}>
        {groups.map(([group, name]) => (
          <section key={group}>
            <h4>{label(name)}</h4>
            <ul>
              {found
                .filter((item) => item.group === group)
                .map((item) => (
                  <li key={item.key}>
                    <button type="button" onClick={() => onPick(item)}>
                      <code>{label(item.signature)}</code>
                      <span>{label(item.doc)}</span>
                      <em>{t("example", { text: label(item.example) })}</em>
                    </button>
                  </li>
                ))}
            </ul>
          </section>
        ))}
        {functions.data && !found.length && <p className="gx-3 gx-s12">{t("noFunction")}</p>}
      </div>
    </div>
  );
}
