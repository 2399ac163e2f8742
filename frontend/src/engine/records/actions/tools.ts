/**
 * Pages and files that domains add to the menu of a record: what is more than an action of the server.
 *
 * A domain calls `addRecordTool` when the router is made; the menu asks for those of its object.
 */
import type { LucideIcon } from "lucide-react";
import type { ObjectSchema, RecordData } from "@/api/types";

export interface RecordTool {
  key: string;
  object: string;
  icon: LucideIcon;
  label: () => string;
  /** Where it leads to inside the app. */
  path?: (record: RecordData) => string;
  /** The address of a file that it opens beside the app. */
  file?: (record: RecordData) => string;
  isShown?: (object: ObjectSchema) => boolean;
}

const tools: RecordTool[] = [];

export function addRecordTool(tool: RecordTool): void {
  if (!tools.some((known) => known.key === tool.key)) tools.push(tool);
}

export const toolsFor = (object: ObjectSchema): RecordTool[] =>
  tools.filter((tool) => tool.object === object.key && (tool.isShown?.(object) ?? true));
