import type { ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { DuplicateHints } from "@/engine/records/form/DuplicateHints";

const REACH = ["mobile", "phone", "email"];

/** Whether somebody is known already: as a lead, a customer (in a pool, too) or a contact. */
export function KnownHints(props: { object: ObjectSchema; values: Record<string, unknown>; ignore?: string }) {
  const { object, values, ignore } = props;
  const { byKey } = useSchema();
  const [customer, contact] = [byKey.get("customer"), byKey.get("contact")];
  const reach = Object.fromEntries(REACH.map((key) => [key, values[key]]));
  return (
    <>
      <DuplicateHints object={object} values={values} ignore={ignore} />
      {customer && <DuplicateHints object={customer} values={{ ...reach, name: values.company }} />}
      {contact && <DuplicateHints object={contact} values={reach} />}
    </>
  );
}
