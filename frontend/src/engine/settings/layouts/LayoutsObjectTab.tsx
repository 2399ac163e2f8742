import { useObject } from "@/api/useSchema";
import type { ObjectTabProps } from "../objects/tabs";
import { LayoutsTab } from "./LayoutsTab";

/** The tab of an object's page; what was just made waits for the schema to know it. */
export function LayoutsObjectTab({ design }: ObjectTabProps) {
  const object = useObject(design.key);
  return object ? <LayoutsTab key={object.key} object={object} /> : null;
}
