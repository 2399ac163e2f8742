import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/generated";
import { api } from "@/api/http";
import type { RecordData } from "@/api/types";

export type Lookup = components["schemas"]["CompanyLookup"];
export type Company = components["schemas"]["FoundCompany"];
export type Proposal = components["schemas"]["Proposal"];

/** What the register services say of a name or code. */
export function useLookup(text: string) {
  return useQuery({
    queryKey: ["company-lookup", text],
    queryFn: ({ signal }) => api.get<Lookup>("/companies/lookup", { query: { q: text }, signal }),
    enabled: text.length > 1,
    retry: false,
    staleTime: 600_000,
  });
}

/** What a found company would fill or contradict; `record` is undefined for a new customer. */
export function useProposals(company: Company | undefined, record: RecordData | undefined) {
  return useQuery({
    queryKey: ["company-compare", company, record?.id, record?.version],
    queryFn: async () =>
      (await api.post<{ data: Proposal[] }>("/companies/compare", { company, current: record ?? {} })).data,
    enabled: company !== undefined,
    retry: false,
  });
}

/** Writes the chosen values: into the record, or into a new one. */
export function useApply(record: RecordData | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: Record<string, unknown>) =>
      record
        ? api.patch<RecordData>(`/customer/${record.id}`, values, { version: record.version })
        : api.post<RecordData>("/customer", values),
    onSuccess: () => client.invalidateQueries(),
  });
}
