import { Alert } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { ObjectSchema } from "@/api/types";
import { useFormat } from "@/kit";
import { FieldEdit } from "../../fields";
import { useDebounced } from "../../fields/shared/useDebounced";
import { recordPath } from "../../records/paths";
import { linkField } from "./link-field";
import { rulesMessages } from "./messages";
import type { Preview } from "./model";
import { useRulingPreview } from "./queries";
import styles from "./rules.module.css";

interface Props {
  object: ObjectSchema;
  kind: "rules" | "validations";
  /** What would be saved; null while it is not whole. */
  body: object | null;
  replaces?: string;
}

/** What the rule would find wrong among the stored records, and what it makes of a chosen one. */
export function useTrial({ object, kind, body, replaces }: Props) {
  const [record, setRecord] = useState<{ id: string; title: string } | null>(null);
  const asked = useDebounced(body && JSON.stringify({ ...body, replaces, record: record?.id }), 300);
  const { data } = useRulingPreview<Preview>(object.key, kind, asked);
  return { record, setRecord, preview: body ? data : undefined };
}

export function Trial({
  object,
  kind,
  trial,
}: Pick<Props, "object" | "kind"> & { trial: ReturnType<typeof useTrial> }) {
  const t = rulesMessages.useT();
  const { preview, record, setRecord } = trial;
  const failing = preview?.failing?.value ?? 0;
  const format = useFormat();
  const total = preview?.total.value ?? 0;
  const check = kind === "validations";
  const holds = preview?.test?.holds;
  return (
    <div className={styles.trial}>
      {preview && (
        <Alert
          type={failing === 0 ? "success" : "warning"}
          title={
            failing === 0
              ? t("preview_ok", { total: format.number(total) })
              : failing === total
                ? t("preview_all", { total: format.number(total) })
                : t("preview_failing", { total: format.number(total), n: format.number(failing) })
          }
          description={
            failing > 0 && (
              <>
                <ul className={styles.examples}>
                  {preview.examples.map((each) => (
                    <li key={each.id}>
                      <Link className="gx-link" to={recordPath(object.key, each.id)} target="_blank" rel="noopener">
                        {each.title}
                      </Link>
                    </li>
                  ))}
                </ul>
                {t("preview_later")}
              </>
            )
          }
        />
      )}
      <div className={styles.line}>
        <span>{t("test")}</span>
        <FieldEdit
          field={linkField(object, t("test_record"))}
          value={record}
          onChange={(next) => setRecord(next as { id: string; title: string } | null)}
          place="form"
        />
      </div>
      {record && preview?.test && (
        <p role="status" className={styles.verdict}>
          {check ? t(holds ? "test_wrong" : "test_fine") : t(holds ? "test_holds" : "test_not")}
        </p>
      )}
    </div>
  );
}
