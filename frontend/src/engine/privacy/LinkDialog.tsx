import { App, Button, Input, Modal, Space } from "antd";
import type { RecordData } from "@/api/types";
import { useFormat, useProblem } from "@/kit";
import styles from "./consent.module.css";
import { useT } from "./messages";
import { useLinkChanges, useLinks } from "./queries";

/** A link by which the person takes consent back: made here, shown once. */
export function LinkDialog({ record, onClose }: { record: RecordData; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const say = useProblem();
  const { message } = App.useApp();
  const { data } = useLinks(record);
  const { make, end } = useLinkChanges(record);
  const url = make.data?.url;
  const copy = () => url && navigator.clipboard.writeText(url).then(() => message.success(t("copied")));
  return (
    <Modal open title={t("link_title")} footer={null} onCancel={onClose}>
      <p className="gx-2">{t("link_body")}</p>
      {url ? (
        <Space.Compact style={{ width: "100%", marginTop: 12 }}>
          <Input readOnly value={url} aria-label={t("link_title")} onFocus={(event) => event.target.select()} />
          <Button type="primary" onClick={() => void copy()}>
            {t("link_copy")}
          </Button>
        </Space.Compact>
      ) : (
        <Button
          type="primary"
          loading={make.isPending}
          style={{ marginTop: 12 }}
          onClick={() => make.mutate(undefined, { onError: (error) => say(error) })}
        >
          {t("link_make")}
        </Button>
      )}
      {data && data.length > 0 && (
        <ul className={styles.entries} aria-label={t("link_open")}>
          {data.map((link) => (
            <li key={link.id}>
              <span>
                {t("link_until", { at: format.date(link.expires_at) })}
                {link.used_at && ` · ${t("link_used", { at: format.dateTime(link.used_at) })}`}
                <Button
                  size="small"
                  type="text"
                  danger
                  onClick={() => end.mutate(link.id, { onError: (error) => say(error) })}
                >
                  {t("link_end")}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
