import { lazy, Suspense } from "react";

const RecordFormDrawer = lazy(() =>
  import("@/engine/records/RecordFormDrawer").then((m) => ({ default: m.RecordFormDrawer })),
);

/** The form of an object, loaded when it is first asked for: the workbench is the first page and stays light. */
export function CreateDrawer({ object, onClose }: { object: string; onClose: () => void }) {
  return (
    <Suspense>
      <RecordFormDrawer object={object} open onClose={onClose} onCreated={onClose} />
    </Suspense>
  );
}
