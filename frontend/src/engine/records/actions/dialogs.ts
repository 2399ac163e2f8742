/**
 * Dialogs that domains give actions whose input is more than a form of fields.
 *
 * A domain calls `addActionDialog` when the router is made, with a part that loads when it is opened.
 */
import type { ActionSchema, ObjectSchema, RecordData } from "@/api/types";
import type { LazyPart } from "@/kit";

export interface ActionDialogProps {
  object: ObjectSchema;
  record: RecordData;
  action: ActionSchema;
  onClose: () => void;
}

const dialogs = new Map<string, LazyPart<ActionDialogProps>>();

export function addActionDialog(action: string, Dialog: LazyPart<ActionDialogProps>): void {
  dialogs.set(action, Dialog);
}

export const dialogFor = (action: ActionSchema): LazyPart<ActionDialogProps> | undefined => dialogs.get(action.key);
