import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { Label } from "@/api/types";

export interface PrintTemplate {
  object: string;
  label: Label;
  is_standard: boolean;
  version: number;
  source: string;
  standard: string;
}

const KEY = ["papers", "templates"];

export const usePrintTemplates = () =>
  useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await api.get<{ data: PrintTemplate[] }>("/papers/templates", { signal })).data,
  });

/** The first pages of the sample by a template that need not be saved, as data URLs. */
export const useSample = () =>
  useMutation({
    mutationFn: async ({ object, ...body }: { object: string; source: string; locale: string }) =>
      (await api.post<{ pages: string[] }>(`/papers/templates/${object}/preview`, body)).pages,
  });

export function usePrintTemplateChanges(object: string) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY });
  return {
    save: useMutation({
      mutationFn: (body: { source: string; version: number }) =>
        api.put<PrintTemplate>(`/papers/templates/${object}`, body),
      onSuccess,
    }),
    reset: useMutation({ mutationFn: () => api.delete(`/papers/templates/${object}`), onSuccess }),
  };
}
