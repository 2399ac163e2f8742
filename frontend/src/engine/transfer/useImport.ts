import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { ImportJob, ImportMapping, ImportOptions } from "@/api/types";

const RUNNING: readonly string[] = ["previewing", "queued", "running"];

export const isRunning = (job: ImportJob | undefined): boolean => Boolean(job && RUNNING.includes(job.status));

/** The stream says when it moves; asking again every second covers a lost stream. */
export function useImportJob(id: string | undefined) {
  return useQuery({
    queryKey: keys.import(id ?? ""),
    queryFn: ({ signal }) => api.get<ImportJob>(`/imports/${id}`, { signal }),
    enabled: Boolean(id),
    refetchInterval: (query) => (isRunning(query.state.data) ? 1000 : false),
  });
}

export interface ImportPatch {
  mapping?: ImportMapping;
  options?: Partial<ImportOptions & { duplicates: "refuse" | "allow" }>;
  sheet?: string;
  encoding?: string;
  separator?: string;
}

export function useImportMutations(id: string) {
  const client = useQueryClient();
  const put = (job: ImportJob | undefined) => {
    if (job && typeof job === "object" && "status" in job) client.setQueryData(keys.import(id), job);
    else void client.invalidateQueries({ queryKey: keys.import(id) });
  };
  const call = (verb: "preview" | "run" | "undo" | "retry") => () => api.post<ImportJob>(`/imports/${id}/${verb}`);
  const changed = (job: ImportJob) => {
    put(job);
    void client.invalidateQueries({ queryKey: ["records"] });
    void client.invalidateQueries({ queryKey: keys.schema });
  };
  return {
    patch: useMutation({
      mutationFn: (patch: ImportPatch) => api.patch<ImportJob>(`/imports/${id}`, patch),
      onSuccess: put,
    }),
    preview: useMutation({ mutationFn: call("preview"), onSuccess: put }),
    run: useMutation({ mutationFn: call("run"), onSuccess: put }),
    undo: useMutation({ mutationFn: call("undo"), onSuccess: changed }),
    retry: useMutation({ mutationFn: call("retry"), onSuccess: changed }),
  };
}

export type ImportMutations = ReturnType<typeof useImportMutations>;

export function useUploadImport(object: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file);
      form.append("object", object);
      return api.post<ImportJob>("/imports", form);
    },
    onSuccess: (job) => client.setQueryData(keys.import(job.id), job),
  });
}
