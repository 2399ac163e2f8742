import type { ObjectSchema, RecordData } from "@/api/types";
import { KnownHints } from "./KnownHints";

/** Whether a lead that came in by itself is known already. */
export function KnownCard({ object, record }: { object: ObjectSchema; record: RecordData }) {
  if (record.status === "converted") return null;
  return <KnownHints object={object} values={record} ignore={record.id} />;
}
