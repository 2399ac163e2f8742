import { useObject } from "@/api/useSchema";
import type { ObjectTabProps } from "../objects/tabs";
import { RulesTab } from "./RulesTab";

/** The tab of an object's page; what was just made waits for the schema to know it. */
export function RulesObjectTab({ design }: ObjectTabProps) {
  const object = useObject(design.key);
  return object ? <RulesTab key={object.key} object={object} /> : null;
}
