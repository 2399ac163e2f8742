/**
 * Pages that domains add to the menu of a list. A domain calls `addListTool` when the router is made; the menu asks
 * for those of its object.
 */
import type { LucideIcon } from "lucide-react";
import type { ObjectSchema } from "@/api/types";

export interface ListTool {
  key: string;
  object: string;
  icon: LucideIcon;
  label: () => string;
  path: string;
  isShown?: (object: ObjectSchema) => boolean;
}

const tools: ListTool[] = [];

export function addListTool(tool: ListTool): void {
  if (!tools.some((known) => known.key === tool.key)) tools.push(tool);
}

export const listToolsFor = (object: ObjectSchema): ListTool[] =>
  tools.filter((tool) => tool.object === object.key && (tool.isShown?.(object) ?? true));
