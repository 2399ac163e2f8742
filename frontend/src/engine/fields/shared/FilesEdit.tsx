import { useMutation } from "@tanstack/react-query";
import { Button, Progress, Upload } from "antd";
import { Upload as UploadIcon, X } from "lucide-react";
import { api } from "@/api/http";
import type { FileRef } from "@/api/types";
import { Icon } from "@/kit/Icon";
import type { EditProps } from "../contract";
import { useT } from "../messages";
import { FileLink } from "./FilesRead";
import styles from "./fields.module.css";

export function useUpload() {
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file);
      return api.post<FileRef>("/files", form);
    },
  });
}

/** Files go up as they are chosen; the record keeps their ids when it is saved. */
export function FilesEdit({ value, field, onChange, id, describedBy, max }: EditProps<FileRef[]> & { max?: number }) {
  const t = useT();
  const upload = useUpload();
  const files = value ?? [];
  const accept =
    typeof field.config.accept === "string" ? field.config.accept : field.type === "image" ? "image/*" : undefined;
  return (
    <div className={styles.files}>
      {files.map((file) => (
        <span key={file.id} className={styles.fileRow}>
          <FileLink file={file} />
          <Button
            type="text"
            size="small"
            icon={<Icon as={X} size={14} />}
            aria-label={t("remove_file", { name: file.name })}
            onClick={() => onChange(files.filter((each) => each.id !== file.id))}
          />
        </span>
      ))}
      {upload.isPending && <Progress percent={60} showInfo={false} status="active" />}
      {upload.isError && <span className="gx-bad gx-s12">{upload.error.message || t("upload_failed")}</span>}
      {(max === undefined || files.length < max) && (
        <Upload
          showUploadList={false}
          accept={accept}
          multiple={max !== 1}
          beforeUpload={(file) => {
            upload.mutate(file, { onSuccess: (done) => onChange([...files, done]) });
            return false;
          }}
        >
          <Button id={id} aria-describedby={describedBy} icon={<Icon as={UploadIcon} size={14} />}>
            {t("upload")}
          </Button>
        </Upload>
      )}
    </div>
  );
}
