import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Id, type Ref } from "@/api";

export interface Remark {
  id: Id;
  at: string;
  author: Ref;
  body: string;
  mentions: Ref[];
  mine: boolean;
}

/** Below the object's records: what changes them asks anew. */
const keyOf = (object: string, id: Id) => ["records", object, "remarks", id] as const;
export const REVIEW = ["follow-up-review"] as const;

export const useRemarks = (object: string, id: Id, enabled = true) =>
  useQuery({
    queryKey: keyOf(object, id),
    queryFn: async ({ signal }) => (await api.get<{ data: Remark[] }>(`/remarks/${object}/${id}`, { signal })).data,
    enabled,
  });

export function useRemarkChanges(object: string, id: Id) {
  const client = useQueryClient();
  const onSuccess = () => {
    void client.invalidateQueries({ queryKey: keyOf(object, id) });
    void client.invalidateQueries({ queryKey: REVIEW });
  };
  return {
    add: useMutation({
      mutationFn: (body: { body: string; mentions: Id[] }) => api.post<Remark>(`/remarks/${object}/${id}`, body),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (remark: Id) => api.delete(`/remarks/${remark}`), onSuccess }),
  };
}
