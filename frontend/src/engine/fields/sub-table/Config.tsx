import { Button } from "antd";
import { Columns3 } from "lucide-react";
import { Link } from "react-router";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import type { ConfigProps } from "../config";
import styles from "../shared/config.module.css";
import { configMessages } from "./config-messages";

/** Nothing to set: the columns are fields of the object of lines. */
export default function Config({ objectKey }: ConfigProps) {
  const t = configMessages.useT();
  const label = useLabel();
  const { objects } = useSchema();
  const lines = objects.filter((object) => object.line_of?.object === objectKey);
  return (
    <div className={styles.group}>
      <p className={styles.hint}>{t("help")}</p>
      {lines.map((object) => (
        <Link key={object.key} to={`/settings/objects/${object.key}`}>
          <Button block icon={<Icon as={Columns3} size={14} />} tabIndex={-1}>
            {t("columns", { name: label(object.label) })}
          </Button>
        </Link>
      ))}
    </div>
  );
}
