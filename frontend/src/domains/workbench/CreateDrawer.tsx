import { RecordForm } from "@/engine/records/lazy";

/** The form of an object, loaded when it is first asked for: the workbench is the first page and stays light. */
export function CreateDrawer({ object, onClose }: { object: string; onClose: () => void }) {
  return <RecordForm object={object} open onClose={onClose} onCreated={onClose} />;
}
