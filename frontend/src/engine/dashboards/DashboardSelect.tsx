import { Dropdown } from "antd";
import { ChevronDown } from "lucide-react";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import styles from "./dashboards.module.css";
import { useT } from "./messages";
import type { Dashboard } from "./types";

const GROUPS = ["personal", "team", "everyone", "ready"] as const;

interface Props {
  all: Dashboard[];
  value: Dashboard;
  onChange: (id: string) => void;
}

/** The name of the page, which opens the others. */
export function DashboardSelect({ all, value, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const kindOf = (each: Dashboard) => (each.builtin ? "ready" : each.scope);
  const items = GROUPS.flatMap((key) => {
    const own = all.filter((each) => kindOf(each) === key);
    const children = own.map((each) => ({
      key: each.id,
      label: (
        <span className={styles.option}>
          <span>{label(each.name)}</span>
          {each.about && <small>{label(each.about)}</small>}
        </span>
      ),
    }));
    return own.length ? [{ type: "group" as const, key, label: t(`group.${key}`), children }] : [];
  });
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items,
        selectable: true,
        selectedKeys: [value.id],
        className: styles.menu,
        onClick: ({ key }) => onChange(key),
      }}
    >
      <button type="button" className={styles.select} title={t("choose")}>
        {label(value.name)}
        <Icon as={ChevronDown} size={14} />
      </button>
    </Dropdown>
  );
}
