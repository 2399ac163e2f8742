import { Alert } from "antd";
import { Link } from "react-router";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import type { ConfigProps } from "../config";
import { configMessages } from "./config-messages";

/** Nothing to set: the columns are fields of the object of lines. */
export default function Config({ objectKey }: ConfigProps) {
  const t = configMessages.useT();
  const label = useLabel();
  const { objects } = useSchema();
  const lines = objects.filter((object) => object.line_of?.object === objectKey);
  return (
    <Alert
      type="info"
      title={t("help")}
      description={lines.map((object) => (
        <div key={object.key}>
          <Link to={`/settings/objects/${object.key}`}>{t("columns", { name: label(object.label) })}</Link>
        </div>
      ))}
    />
  );
}
