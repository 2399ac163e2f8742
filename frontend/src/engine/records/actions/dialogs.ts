/**
 * Dialogs of actions that ask for more than a form of fields: a domain gives its own in place of the generic one.
 *
 * A domain calls `addActionDialog` when the router is made; the button of the action opens it.
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

export function addActionDialog(object: string, action: string, Dialog: LazyPart<ActionDialogProps>): void {
  dialogs.set(`${object}.${action}`, Dialog);
}

export const dialogFor = (object: ObjectSchema, action: ActionSchema): LazyPart<ActionDialogProps> | undefined =>
  dialogs.get(`${object.key}.${action.key}`);
