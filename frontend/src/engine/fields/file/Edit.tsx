import type { FileRef } from "@/api/types";
import type { EditProps } from "../contract";
import { FilesEdit } from "../shared/FilesEdit";

export function Edit({ value, onChange, ...rest }: EditProps<FileRef>) {
  return (
    <FilesEdit {...rest} max={1} value={value ? [value] : []} onChange={(files) => onChange(files?.at(-1) ?? null)} />
  );
}
