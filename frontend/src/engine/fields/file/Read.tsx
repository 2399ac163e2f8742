import type { FileRef } from "@/api/types";
import type { ReadProps } from "../contract";
import { FileLink } from "../shared/FilesRead";

export function Read({ value }: ReadProps<FileRef>) {
  return <FileLink file={value} />;
}
