import type { ObjectSchema } from "@/api/types";
import { Icon, Logo, objectIcon } from "@/kit";
import styles from "./records.module.css";

/** Records known by a name carry its first telling character, activities and documents their object's picture. */
export function RecordLogo({ object, title, size }: { object: ObjectSchema; title: string; size: "lg" | "xl" }) {
  if (object.group === "customers") return <Logo name={title} size={size} />;
  return (
    <span className={[styles.objectLogo, size === "xl" ? styles.objectLogoXl : ""].join(" ")} aria-hidden="true">
      <Icon as={objectIcon(object.icon, object.key)} size={20} />
    </span>
  );
}
