import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { RecordData } from "@/api/types";
import type { Ageing, AllocateBody, ContractMoney, Proposal, Split, SplitBody } from "./model";

const KEY = ["records", "receivables"];

export const useAgeing = () =>
  useQuery({
    queryKey: [...KEY, "ageing"],
    queryFn: ({ signal }) => api.get<Ageing>("/receivables/ageing", { signal }),
  });

export const useContractMoney = (contract: RecordData) =>
  useQuery({
    queryKey: [...KEY, "contract", contract.id, contract.version],
    queryFn: ({ signal }) => api.get<ContractMoney>(`/receivables/contracts/${contract.id}`, { signal }),
    placeholderData: keepPreviousData,
  });

/** How a contract would be split; asked anew with every change of the form. */
export const useSplit = (contract: string, body: SplitBody | null) =>
  useQuery({
    queryKey: [...KEY, "split", contract, body],
    queryFn: ({ signal }) =>
      api.post<Split>(`/receivables/contracts/${contract}/plans/preview`, body ?? {}, { signal }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });

export function useMakePlans(contract: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SplitBody) => api.post<Split>(`/receivables/contracts/${contract}/plans`, body),
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
