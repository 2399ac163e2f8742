import { Image } from "antd";
import type { FileRef } from "@/api/types";
import type { ReadProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";

/** Pictures that open large. */
export function Gallery({ value }: ReadProps<FileRef[]>) {
  const t = useT();
  return (
    <span className={styles.thumbs}>
      <Image.PreviewGroup>
        {value.map((file) => (
          <Image
            key={file.id}
            className={styles.thumb}
            src={file.url}
            width={64}
            height={64}
            alt={t("image_of", { name: file.name })}
          />
        ))}
      </Image.PreviewGroup>
    </span>
  );
}
