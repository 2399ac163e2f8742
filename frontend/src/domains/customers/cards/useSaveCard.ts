import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { isProblem } from "@/api/problem";
import type { RecordData } from "@/api/types";
import { type Draft, filled } from "./scan";

export interface Saved {
  customer?: RecordData | { id: string };
  contact?: RecordData;
}

export class CardRefused extends Error {
  constructor(
    readonly object: "contact" | "customer",
    readonly errors: Record<string, string>,
    readonly customerId?: string,
    cause?: unknown,
  ) {
    super("refused", { cause });
  }
}

/** Makes the customer (unless one is chosen) and the contact; a customer that was made is not made twice. */
export function useSaveCard() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ draft, customerId }: { draft: Draft; customerId?: string }): Promise<Saved> => {
      let customer: Saved["customer"] = customerId ? { id: customerId } : undefined;
      const firm = filled(draft.customer);
      if (!customer && firm.name) customer = await made("customer", firm);
      const person = filled(draft.contact);
      if (!person.name) return { customer };
      const linked = customer ? { ...person, customer: customer.id } : person;
      return { customer, contact: await made("contact", linked, customer?.id) };
    },
    onSettled: () => client.invalidateQueries(),
  });
}

async function made(object: "contact" | "customer", values: Record<string, string>, customerId?: string) {
  try {
    return await api.post<RecordData>(`/${object}`, values);
  } catch (problem) {
    if (!isProblem(problem) || problem.status !== 422) throw problem;
    const errors = Object.fromEntries(problem.errors.map((error) => [error.field ?? "", error.message]));
    throw new CardRefused(object, errors, customerId, problem);
  }
}
