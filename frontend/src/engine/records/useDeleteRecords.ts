import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { BulkResult, FilterNode, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { useFormat, useProblem } from "@/kit";
import { dropRecords } from "./cache";
import { useT } from "./messages";
import { useUndoBatch } from "./useUndoBatch";

/** What a bulk call touches: chosen rows, or everything a filter matches with the number that was shown. */
export type Target = { ids: string[] } | { filter: FilterNode; q?: string; expect?: number };

export const targetIds = (target: Target): string[] => ("ids" in target ? target.ids : []);

/** To the recycle bin, with undo. Rows go from the screen at once and come back if the server refuses. */
export function useDeleteRecords(object: ObjectSchema) {
  const client = useQueryClient();
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const toast = useUndoBatch(object);
  const say = useProblem();
  return useMutation({
    mutationFn: (target: Target) => api.post<BulkResult>(`/${object.key}/bulk`, { op: "delete", ...target }),
    onMutate: (target) => dropRecords(client, object.key, new Set(targetIds(target))),
    onSuccess: (done) => {
      const { affected } = done;
      const name = label(affected === 1 ? object.label : object.label_plural);
      toast(t("deleted", { count: affected, n: format.number(affected), name }), done);
    },
    onError: (error) => say(error),
    onSettled: () => client.invalidateQueries({ queryKey: keys.records(object.key) }),
  });
}
