import type { FileRef } from "@/api/types";
import { lazyPart } from "@/kit";
import type { ReadProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";

const Gallery = lazyPart(
  async () => (await import("./Gallery")).Gallery,
  (props: ReadProps<FileRef[]>) => <Thumbs files={props.value} size={64} />,
);

export function Read(props: ReadProps<FileRef[]>) {
  if (props.place === "cell") return <Thumbs files={props.value.slice(0, 3)} size={28} />;
  return <Gallery {...props} />;
}

function Thumbs({ files, size }: { files: FileRef[]; size: number }) {
  const t = useT();
  return (
    <span className={styles.thumbs}>
      {files.map((file) => (
        <img
          key={file.id}
          className={styles.thumb}
          src={file.url}
          width={size}
          height={size}
          alt={t("image_of", { name: file.name })}
        />
      ))}
    </span>
  );
}
