import { Button } from "antd";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { type ObjectSchema, useSchema } from "@/api";
import { Empty, Icon, lazyDialog, lazyPart, usePageTitle } from "@/kit";
import { Section } from "../parts/Section";
import { ObjectTile } from "./list/ObjectTile";
import { useT } from "./locales";
import styles from "./objects.module.css";

const CreateObject = lazyDialog(async () => (await import("./list/CreateObject")).CreateObject);
const BinList = lazyPart(async () => (await import("./list/BinList")).BinList);

/** All objects of the workspace, and what was deleted of them. */
export function ObjectsPage() {
  const t = useT();
  const { objects } = useSchema();
  const [search, setSearch] = useSearchParams();
  const [creating, setCreating] = useState(false);
  const navigate = useNavigate();
  usePageTitle(t("title"));
  const bin = search.get("tab") === "bin";
  const groups: [string, ObjectSchema[]][] = [
    [t("standard"), objects.filter((object) => !object.custom)],
    [t("custom"), objects.filter((object) => object.custom)],
  ];
  return (
    <Section
      wide
      title={t("title")}
      body={t("body")}
      action={
        <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setCreating(true)}>
          {t("create.action")}
        </Button>
      }
    >
      <div className={styles.switch} role="tablist" aria-label={t("title")}>
        {(["list", "bin"] as const).map((key) => (
          <button
            key={key}
            type="button"
            role="tab"
            aria-selected={bin === (key === "bin")}
            onClick={() => setSearch(key === "bin" ? { tab: "bin" } : {}, { replace: true })}
          >
            {t(`tabs.${key}`)}
          </button>
        ))}
      </div>
      {bin ? (
        <BinList />
      ) : (
        groups.map(([title, list]) => (
          <section key={title} className={styles.group} aria-label={title}>
            <h3>{title}</h3>
            {list.length ? (
              <ul className={styles.tiles}>
                {list.map((object) => (
                  <ObjectTile key={object.key} object={object} />
                ))}
              </ul>
            ) : (
              <Empty title={t("noCustom")}>{t("noCustomBody")}</Empty>
            )}
          </section>
        ))
      )}
      <CreateObject
        open={creating}
        onClose={() => setCreating(false)}
        onDone={(key: string) => navigate(`/settings/objects/${key}`)}
      />
    </Section>
  );
}
