import { Camera, X } from "lucide-react";
import { useRef } from "react";
import type { FileRef } from "@/api/types";
import { useUpload } from "@/engine/fields/shared/FilesEdit";
import { Icon, problemText } from "@/kit";
import styles from "./log.module.css";
import { useT } from "./messages";

const MOST = 9;

interface Props {
  photos: FileRef[];
  onChange: (change: (before: FileRef[]) => FileRef[]) => void;
  onBusy: (busy: boolean) => void;
}

/** Photos go up as they are taken; on a phone the button offers the camera. */
export function Photos({ photos, onChange, onBusy }: Props) {
  const t = useT();
  const upload = useUpload();
  const input = useRef<HTMLInputElement>(null);
  const take = async (files: FileList | null) => {
    onBusy(true);
    try {
      for (const file of [...(files ?? [])].slice(0, MOST - photos.length)) {
        const done = await upload.mutateAsync(file);
        onChange((before) => [...before, done]);
      }
    } catch {
      // Said below; those that went up stay.
    } finally {
      onBusy(false);
      if (input.current) input.current.value = "";
    }
  };
  return (
    <div className={styles.photos}>
      {photos.map((photo) => (
        <span key={photo.id}>
          <img src={photo.url} alt={t("photo", { name: photo.name })} />
          <button
            type="button"
            aria-label={t("remove", { name: photo.name })}
            onClick={() => onChange((before) => before.filter((each) => each.id !== photo.id))}
          >
            <Icon as={X} size={12} />
          </button>
        </span>
      ))}
      {photos.length < MOST && (
        <button
          type="button"
          className={styles.camera}
          aria-label={t("photos")}
          title={t("photos")}
          aria-busy={upload.isPending}
          onClick={() => input.current?.click()}
        >
          <Icon as={Camera} size={18} />
        </button>
      )}
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={t("photos")}
        onChange={(event) => void take(event.target.files)}
      />
      {upload.isError && (
        <span role="alert" className="gx-bad gx-s12">
          {problemText(upload.error)}
        </span>
      )}
    </div>
  );
}
