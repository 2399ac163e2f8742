import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { FilterNode, LinkRef, Page, RecordData } from "@/api/types";

export interface FollowUp {
  object: string;
  record: string;
  kind: string;
  outcome: string | null;
  text: string;
  photos: string[];
  place: { lat: number; lng: number; accuracy: number } | null;
  next: { at: string | null; subject: string | null } | null;
  done: string[];
}

interface Written {
  activity: LinkRef;
  task: LinkRef | null;
  completed: number;
}

export function useLogFollowUp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ values, key }: { values: FollowUp; key: string }) =>
      api.post<Written>("/follow-ups", values, { idempotencyKey: key }),
    onSuccess: (_written, { values }) => {
      for (const object of ["note", "call", "event", "task", values.object])
        void client.invalidateQueries({ queryKey: keys.records(object) });
      void client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === "records" && queryKey[2] === "timeline",
      });
    },
  });
}

/** The open tasks about a record, the most pressing first. */
export function useOpenTasks(link: string | undefined, id: string | undefined) {
  const filter: FilterNode = {
    and: [
      { field: link ?? "", op: "is", value: id },
      { field: "status", op: "is", value: "open" },
    ],
  };
  const query = { filter, sort: "due_at", limit: 3, fields: ["subject", "due_at"], count: false };
  return useQuery({
    queryKey: ["records", "task", "list", query],
    queryFn: ({ signal }) => api.post<Page<RecordData>>("/task/query", query, { signal }),
    enabled: Boolean(link && id),
    staleTime: 30_000,
  });
}
