import type { ObjectSchema, RecordData } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { DuplicateHints } from "@/engine/records/form/DuplicateHints";

const REACH = ["mobile", "phone", "email"];

/** Whether a lead that came in by itself is known already: as a lead, a customer or a contact. */
export function KnownCard({ object, record }: { object: ObjectSchema; record: RecordData }) {
  const { byKey } = useSchema();
  const [customer, contact] = [byKey.get("customer"), byKey.get("contact")];
  if (record.status === "converted") return null;
  const reach = Object.fromEntries(REACH.map((key) => [key, record[key]]));
  return (
    <>
      <DuplicateHints object={object} values={{ ...reach, company: record.company }} ignore={record.id} />
      {customer && <DuplicateHints object={customer} values={{ ...reach, name: record.company }} />}
      {contact && <DuplicateHints object={contact} values={reach} />}
    </>
  );
}
