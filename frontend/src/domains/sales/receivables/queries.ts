import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { Id, RecordData } from "@/api/types";
import type { Ageing, AllocateBody, Credit, Proposal, Split, SplitBody } from "./model";
import { KEY, paperMoney, pathOf } from "./paper-money";

export const useAgeing = () =>
  useQuery({
    queryKey: [...KEY, "ageing"],
    queryFn: ({ signal }) => api.get<Ageing>("/receivables/ageing", { signal }),
  });

export const usePaperMoney = (object: string, paper: RecordData) =>
  useQuery({ ...paperMoney(object, paper), placeholderData: keepPreviousData });

export const useCredit = (customer: RecordData) =>
  useQuery({
    queryKey: [...KEY, "credit", customer.id, customer.version],
    queryFn: ({ signal }) => api.get<Credit>(`/receivables/customers/${customer.id}/credit`, { signal }),
    enabled: customer.credit_limit != null,
    retry: false,
  });

/** How a paper would be split; asked anew with every change of the form. */
export const useSplit = (object: string, id: Id, body: SplitBody | null) =>
  useQuery({
    queryKey: [...KEY, "split", id, body],
    queryFn: ({ signal }) => api.post<Split>(`${pathOf(object, id)}/plans/preview`, body ?? {}, { signal }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });

export function useMakePlans(object: string, id: Id) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SplitBody) => api.post<Split>(`${pathOf(object, id)}/plans`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["records"] }),
  });
}

export const useProposal = (payment: string) =>
  useQuery({
    queryKey: [...KEY, "proposal", payment],
    queryFn: ({ signal }) => api.get<Proposal>(`/receivables/payments/${payment}/proposal`, { signal }),
    refetchOnWindowFocus: false,
    gcTime: 0,
  });

export function useAllocate(payment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AllocateBody) => api.post<RecordData>(`/receivables/payments/${payment}/allocations`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["records"] }),
  });
}
