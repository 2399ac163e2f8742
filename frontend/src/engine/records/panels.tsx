/**
 * Cards that domains add to the page of a record: below its fields, on the desk and on the phone.
 *
 * A domain calls `addRecordPanel` when the router is made, with a part that loads when it is needed.
 */
import type { ObjectSchema, RecordData } from "@/api/types";
import type { LazyPart } from "@/kit";

interface Shown {
  object: ObjectSchema;
  record: RecordData;
}
export interface RecordPanel {
  key: string;
  Part: LazyPart<Shown>;
  isShown: (object: ObjectSchema) => boolean;
}

const panels: RecordPanel[] = [];

export function addRecordPanel(panel: RecordPanel): void {
  if (!panels.some((known) => known.key === panel.key)) panels.push(panel);
}

export function RecordPanels({ object, record }: Shown) {
  const shown = panels.filter((panel) => panel.isShown(object));
  return shown.map(({ key, Part }) => <Part key={key} object={object} record={record} />);
}
