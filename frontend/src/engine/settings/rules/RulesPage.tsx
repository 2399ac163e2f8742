import { Select } from "antd";
import { useSearchParams } from "react-router";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { lazyPart, Tabs, usePageTitle } from "@/kit";
import { Section } from "../parts/Section";
import { rulesMessages } from "./messages";
import styles from "./rules.module.css";

const LayoutsTab = lazyPart(async () => (await import("../layouts/LayoutsTab")).LayoutsTab);
const RulesTab = lazyPart(async () => (await import("./RulesTab")).RulesTab);

/** Layouts and rules of one object after the other. */
export function RulesPage() {
  const t = rulesMessages.useT();
  const label = useLabel();
  const { objects } = useSchema();
  const [search, setSearch] = useSearchParams();
  const object = objects.find((each) => each.key === search.get("object")) ?? objects[0];
  usePageTitle(t("page"));
  if (!object) return null;
  return (
    <>
      <Section wide title={t("page")} body={t("page_body")} />
      <div className={styles.pick}>
        <Select
          value={object.key}
          onChange={(key) => setSearch({ object: key }, { replace: true })}
          options={objects.map((each) => ({ value: each.key, label: label(each.label) }))}
          aria-label={t("object")}
          style={{ width: 220 }}
        />
      </div>
      <Tabs
        key={object.key}
        label={t("page")}
        items={[
          { key: "rules", label: t("tab_rules"), children: <RulesTab object={object} /> },
          { key: "layouts", label: t("tab_layouts"), children: <LayoutsTab object={object} /> },
        ]}
      />
    </>
  );
}
