import { Image } from "antd";
import type { FileRef } from "@/api/types";
import type { ReadProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";

export function Read({ value, place }: ReadProps<FileRef[]>) {
  const t = useT();
  const size = place === "cell" ? 28 : 64;
  return (
    <span className={styles.thumbs}>
      <Image.PreviewGroup>
        {value.slice(0, place === "cell" ? 3 : undefined).map((file) => (
          <Image
            key={file.id}
            className={styles.thumb}
            src={file.url}
            width={size}
            height={size}
            alt={t("image_of", { name: file.name })}
            preview={place === "cell" ? false : undefined}
          />
        ))}
      </Image.PreviewGroup>
    </span>
  );
}
