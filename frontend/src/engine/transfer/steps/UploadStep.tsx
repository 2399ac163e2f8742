import { Progress, Upload } from "antd";
import { FileSpreadsheet } from "lucide-react";
import type { ImportJob, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, problemText } from "@/kit";
import { useT } from "../messages";
import styles from "../transfer.module.css";
import { useUploadImport } from "../useImport";

const ACCEPT = ".csv,.tsv,.txt,.xlsx,.xls,.ods";

export function UploadStep({ object, onUploaded }: { object: ObjectSchema; onUploaded: (job: ImportJob) => void }) {
  const t = useT();
  const label = useLabel();
  const upload = useUploadImport(object.key);
  const headers = object.fields.filter((field) => field.in_create).map((field) => label(field.label));
  return (
    <div className={styles.upload}>
      <Upload.Dragger
        accept={ACCEPT}
        multiple={false}
        showUploadList={false}
        disabled={upload.isPending}
        beforeUpload={(file) => {
          upload.mutate(file, { onSuccess: onUploaded });
          return false;
        }}
      >
        <div className={styles.drop}>
          <span>
            <Icon as={FileSpreadsheet} size={24} />
          </span>
          <b>{upload.isPending ? t("upload.reading") : t("upload.drop")}</b>
          <p>{t("upload.kinds")}</p>
          {upload.isPending && <Progress percent={70} status="active" showInfo={false} />}
        </div>
      </Upload.Dragger>
      {upload.isError && (
        <p className={styles.refusal} role="alert">
          {problemText(upload.error)}
        </p>
      )}
      <ul className={styles.promises}>
        <li>{t("upload.promise_headers", { headers: headers.slice(0, 5).join(t("list_join")) })}</li>
        <li>{t("upload.promise_preview")}</li>
        <li>{t("upload.promise_undo")}</li>
      </ul>
    </div>
  );
}
