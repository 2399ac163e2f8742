import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { RecordData } from "@/api/types";
import type { Referrals, Terms } from "./model";

const TERMS = ["referrals", "terms"];

/** What a customer's or a contact's page tells of referrals, and what can be done there. */
export function useReferrals(object: string, record: RecordData) {
  const client = useQueryClient();
  const path = `/referrals/${object}/${record.id}`;
  const onSuccess = () => client.invalidateQueries({ queryKey: ["records"] });
  return {
    referrals: useQuery({
      // Below the records: whoever writes a referral or a payment has it asked anew.
      queryKey: ["records", "referrals", object, record.id],
      queryFn: ({ signal }) => api.get<Referrals>(path, { signal }),
      staleTime: 60_000,
      retry: false,
    }),
    makeCode: useMutation({ mutationFn: () => api.post(`${path}/code`, {}), onSuccess }),
    broughtBy: useMutation({ mutationFn: (code: string) => api.post(`${path}/brought-by`, { code }), onSuccess }),
  };
}

export function useTerms() {
  const client = useQueryClient();
  return {
    terms: useQuery({
      queryKey: TERMS,
      queryFn: ({ signal }) => api.get<Terms>("/referrals/terms", { signal }),
    }),
    save: useMutation({
      mutationFn: (body: Partial<Terms>) => api.put<Terms>("/referrals/terms", body),
      onSuccess: (saved) => client.setQueryData(TERMS, saved),
    }),
  };
}
