import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";

export type RulingKind = "rules" | "validations" | "layouts" | "watches";

/** The rows of a kind, those that are switched off included. */
export function useRulings<T>(object: string, kind: RulingKind) {
  return useQuery({
    queryKey: keys.rulings(object, kind),
    queryFn: async ({ signal }) => (await api.get<{ data: T[] }>(`/meta/objects/${object}/${kind}`, { signal })).data,
  });
}

interface Saved {
  id?: string;
  version?: number;
  body: object;
}

/** Makes a row or changes the one of this id; forms everywhere follow with the next version of the schema. */
export function useSaveRuling<T>(object: string, kind: RulingKind) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, body }: Saved) =>
      id
        ? api.patch<T>(`/meta/objects/${object}/${kind}/${id}`, body, { version })
        : api.post<T>(`/meta/objects/${object}/${kind}`, body),
    onSettled: () => refresh(client, object, kind),
  });
}

export function useDeleteRuling(object: string, kind: RulingKind) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/meta/objects/${object}/${kind}/${id}`),
    onSettled: () => refresh(client, object, kind),
  });
}

/** What a draft would do: null while it is not whole, or where the server has complaints (saving tells them). */
export function useRulingPreview<T>(object: string, kind: RulingKind, body: string | null) {
  return useQuery({
    queryKey: ["rulings", object, kind, "preview", body],
    queryFn: ({ signal }) =>
      api.post<T>(`/meta/objects/${object}/${kind}/preview`, JSON.parse(body ?? "{}"), { signal }),
    enabled: body !== null,
    retry: false,
  });
}

function refresh(client: ReturnType<typeof useQueryClient>, object: string, kind: RulingKind) {
  return Promise.all([
    client.invalidateQueries({ queryKey: keys.rulings(object, kind) }),
    client.invalidateQueries({ queryKey: keys.schema }),
    client.invalidateQueries({ queryKey: ["draft", object] }),
    client.invalidateQueries({ queryKey: [...keys.records(object), "layout"] }),
  ]);
}
