import { useObject } from "@/api/useSchema";
import type { ObjectTabProps } from "../objects/tabs";
import { IdentityTab } from "./IdentityTab";

/** The tab of an object's page; what was just made waits for the schema to know it. */
export function IdentityObjectTab({ design }: ObjectTabProps) {
  const object = useObject(design.key);
  return object ? <IdentityTab key={object.key} object={object} /> : null;
}
