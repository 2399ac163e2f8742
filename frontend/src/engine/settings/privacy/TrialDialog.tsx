import { Alert, Modal, Skeleton } from "antd";
import { useEffect } from "react";
import { Link } from "react-router";
import { api } from "@/api/http";
import { listPath, recordPath } from "@/engine/records/paths";
import { problemText, useFormat } from "@/kit";
import { useDeskT } from "./desk-messages";
import styles from "./privacy.module.css";
import { useChange } from "./queries";
import type { RetentionRule, Trial } from "./retention";

/** What a rule would do now: how many, which for instance, and what is held back. Nothing is changed by it. */
export function TrialDialog({ rule, onClose }: { rule: RetentionRule; onClose: () => void }) {
  const t = useDeskT();
  const format = useFormat();
  const { mutate, data, error } = useChange((id: string) => api.post<Trial>(`/privacy/retention/${id}/trial`, {}));
  useEffect(() => mutate(rule.id), [mutate, rule.id]);
  const all = data && `${listPath(rule.object_key)}?filter=${encodeURIComponent(JSON.stringify(data.filter))}`;
  return (
    <Modal open title={t("retention.trial_title")} footer={null} onCancel={onClose}>
      {error && <Alert type="error" title={problemText(error)} />}
      {!data && !error && <Skeleton active title={false} />}
      {data && data.count === 0 && <p>{t("retention.trial_none")}</p>}
      {data && data.count > 0 && (
        <div className={styles.stack}>
          <b>
            {t("retention.trial_count", {
              n: format.count({ value: data.count, exact: data.exact }),
              before: data.before,
            })}
          </b>
          {data.held > 0 && <span>{t("retention.trial_held", { n: data.held })}</span>}
          <span className="gx-3">{t("retention.samples")}</span>
          <ul className={styles.list}>
            {data.samples.map((record) => (
              <li key={record.id}>
                <Link className="gx-link" to={recordPath(rule.object_key, record.id)}>
                  {record.title}
                </Link>
              </li>
            ))}
          </ul>
          {all && (
            <Link className="gx-link" to={all}>
              {t("retention.all")}
            </Link>
          )}
        </div>
      )}
    </Modal>
  );
}
