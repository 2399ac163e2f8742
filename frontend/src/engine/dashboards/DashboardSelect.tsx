import { Select } from "antd";
import { useLabel } from "@/i18n";
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
  const groups = GROUPS.flatMap((key) => {
    const own = all.filter((each) => kindOf(each) === key);
    return own.length
      ? [
          {
            label: t(`group.${key}`),
            options: own.map((each) => ({ value: each.id, label: label(each.name), about: label(each.about) })),
          },
        ]
      : [];
  });
  return (
    <Select
      variant="borderless"
      className={styles.select}
      aria-label={t("choose")}
      value={value.id}
      options={groups}
      onChange={onChange}
      popupMatchSelectWidth={false}
      showSearch={all.length > 8 ? { optionFilterProp: "label" } : false}
      optionRender={({ data: shown }) => {
        const data = shown as { label: string; about?: string };
        return (
          <span className={styles.option}>
            <span>{data.label}</span>
            {data.about && <small>{data.about}</small>}
          </span>
        );
      }}
    />
  );
}
