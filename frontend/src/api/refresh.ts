import type { QueryClient } from "@tanstack/react-query";
import { keys } from "./keys";

/**
 * Asks for everything on screen anew, for the schema first: what is asked by fields, options and stages that are gone
 * would be refused.
 */
export async function refreshAll(client: QueryClient): Promise<void> {
  const queryKey = keys.schema;
  await client.refetchQueries({ queryKey });
  // Somebody else may have asked again meanwhile, which ends the question before.
  while (client.isFetching({ queryKey })) await client.refetchQueries({ queryKey }, { cancelRefetch: false });
  await new Promise((shown) => setTimeout(shown)); // from here on the screens go by the new one
  await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== queryKey[0] });
}
