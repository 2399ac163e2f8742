import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Id } from "@/api";
import type { DrawLog, FormBody, Results, Setup, WebForm } from "./model";

const KEY = ["web-forms"] as const;

export const useForms = () =>
  useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.get<Setup>("/web-forms", { signal }) });

export function useFormChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY });
  return {
    save: useMutation({
      mutationFn: ({ form, body }: { form: WebForm | null; body: Partial<FormBody> }) =>
        form
          ? api.patch<WebForm>(`/web-forms/${form.id}`, { ...body, version: form.version })
          : api.post<WebForm>("/web-forms", body),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (id: Id) => api.delete(`/web-forms/${id}`), onSuccess }),
  };
}

export const useResults = (form: Id) =>
  useQuery({
    queryKey: [...KEY, form, "results"],
    queryFn: ({ signal }) => api.get<Results>(`/web-forms/${form}/results`, { signal }),
  });

export const useDrawLog = (form: Id) =>
  useQuery({
    queryKey: [...KEY, form, "draw"],
    queryFn: ({ signal }) => api.get<DrawLog>(`/web-forms/${form}/draw`, { signal }),
  });

export function useDraw(form: Id) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<DrawLog>(`/web-forms/${form}/draw`, {}),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
