import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { refreshAll } from "@/api/refresh";
import type { Label } from "@/api/types";

export interface TemplateInfo {
  key: string;
  label: Label;
  about: Label;
  icon: string;
  installed: boolean;
  objects: Label[];
}

export interface Step {
  kind: "object" | "field" | "pipeline" | "view" | "rule" | "validation" | "watch" | "layout" | "identity";
  object: string;
  key: string;
  label: Label;
  state: "create" | "same" | "differs" | "impossible";
  why: string | null;
}

export type Configuration = Record<string, unknown>;

export const useTemplates = () =>
  useQuery({
    queryKey: ["templates"],
    queryFn: async ({ signal }) => (await api.get<{ data: TemplateInfo[] }>("/templates", { signal })).data,
  });

export const useTemplatePlan = (key: string | undefined) =>
  useQuery({
    queryKey: ["templates", key, "plan"],
    queryFn: async ({ signal }) => (await api.get<{ data: Step[] }>(`/templates/${key}/preview`, { signal })).data,
    enabled: key !== undefined,
    gcTime: 0,
  });

/** The schema changed: everything on screen may look different. */
export function useTemplateChanges() {
  const client = useQueryClient();
  const onSuccess = () => refreshAll(client);
  return {
    install: useMutation({
      mutationFn: ({ key, samples }: { key: string; samples: boolean }) => api.post(`/templates/${key}`, { samples }),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (key: string) => api.delete(`/templates/${key}`), onSuccess }),
    preview: useMutation({
      mutationFn: async (document: Configuration) =>
        (await api.post<{ data: Step[] }>("/configuration/preview", document)).data,
    }),
    apply: useMutation({
      mutationFn: async (document: Configuration) =>
        (await api.post<{ data: unknown[] }>("/configuration", document)).data.length,
      onSuccess,
    }),
  };
}
