import { Link } from "react-router";
import type { Left } from "@/engine/merging/queries";
import { useLabel } from "@/i18n";
import { useFormat } from "@/kit";
import { recordPath } from "../records/paths";
import styles from "./changes.module.css";
import { changesMessages } from "./messages";

/** Records that were left as they are, each with its reason. */
export function LeftList({ left }: { left: Left[] }) {
  const t = changesMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const reason = ({ reason: why, by, at, detail }: Left): string => {
    if (detail.fields?.length) {
      const fields = format.list(detail.fields.map((each) => label(each)));
      if (!at) return t("reason.fields", { fields });
      return t("reason.fields_by", { who: by?.name ?? t("reason.someone"), when: format.dateTime(at), fields });
    }
    if (why === "changed" && at) {
      return t("reason.changed", { who: by?.name ?? t("reason.someone"), when: format.dateTime(at) });
    }
    if (why === "linked") return t("reason.linked", { n: detail.count ?? 0, name: label(detail.label) });
    if (why === "refused") return t("reason.refused", { message: label(detail.message) });
    return why === "merged" ? t("reason.merged") : t("reason.deleted");
  };
  return (
    <ul className={styles.left}>
      {left.map((item, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a record may stand here twice, and the list never changes
        <li key={i}>
          {item.record ? (
            <Link className="gx-link" to={recordPath(item.object, item.record.id)} target="_blank">
              {item.record.title}
            </Link>
          ) : (
            <span>{t("hidden_record")}</span>
          )}
          <span className="gx-3"> · {reason(item)}</span>
        </li>
      ))}
    </ul>
  );
}
