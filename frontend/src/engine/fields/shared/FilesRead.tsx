import { Paperclip } from "lucide-react";
import type { FileRef } from "@/api/types";
import { useFormat } from "@/kit";
import { Icon } from "@/kit/Icon";
import type { ReadProps } from "../contract";
import { useT } from "../messages";
import styles from "./fields.module.css";

export function FilesRead({ value, place }: ReadProps<FileRef[]>) {
  const t = useT();
  if (place === "cell" && value.length > 1) {
    return (
      <span className={styles.withIcon}>
        <Icon as={Paperclip} size={14} />
        {t("files", { count: value.length })}
      </span>
    );
  }
  return (
    <span className={styles.chips}>
      {value.map((file) => (
        <FileLink key={file.id} file={file} />
      ))}
    </span>
  );
}

export function FileLink({ file }: { file: FileRef }) {
  const format = useFormat();
  return (
    <a className={styles.file} href={file.url} download={file.name} onClick={(event) => event.stopPropagation()}>
      <Icon as={Paperclip} size={14} />
      <span className="gx-cut">{file.name}</span>
      <span className="gx-3">{format.bytes(file.size)}</span>
    </a>
  );
}
