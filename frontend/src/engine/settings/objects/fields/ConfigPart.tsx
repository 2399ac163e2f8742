/**
 * A type's own settings: `engine/fields/<type>/Config.tsx`, where there is one. Adding the file is all it takes.
 */
import type { ComponentType } from "react";
import { type LazyPart, lazyPart } from "@/kit";
import type { ConfigProps } from "../../../fields/config";
import styles from "./fields.module.css";

const loaders = import.meta.glob<{ default: ComponentType<ConfigProps> }>("../../../fields/*/Config.tsx");
const parts = new Map<string, LazyPart<ConfigProps>>();
for (const [path, load] of Object.entries(loaders)) {
  const folder = path.split("/").at(-2) ?? "";
  parts.set(
    folder.replaceAll("-", "_"),
    lazyPart(async () => (await load()).default),
  );
}

export const hasConfig = (type: string): boolean => parts.has(type);

export function ConfigPart({ type, disabled, ...props }: ConfigProps & { type: string; disabled: boolean }) {
  const Part = parts.get(type);
  if (!Part || disabled) return null;
  return (
    <div className={styles.config}>
      <Part {...props} />
      {props.errors.config && <em>{props.errors.config}</em>}
    </div>
  );
}
