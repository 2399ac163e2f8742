import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { BulkResult, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { useFormat, useProblem } from "@/kit";
import { dropRecords } from "../../records/cache";
import { useUndoBatch } from "../../records/useUndoBatch";
import { useT } from "../messages";

/** Back from the recycle bin, with the way to put them there again. */
export function useRestore(object: ObjectSchema) {
  const client = useQueryClient();
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const say = useProblem();
  const toast = useUndoBatch(object);
  return useMutation({
    mutationFn: (ids: string[]) => api.post<BulkResult>(`/${object.key}/bulk`, { op: "restore", ids }),
    onMutate: (ids) => dropRecords(client, object.key, new Set(ids)),
    onSuccess: (done) => {
      const { affected } = done;
      const name = label(affected === 1 ? object.label : object.label_plural);
      toast(t("bin.restored", { count: affected, n: format.number(affected), name }), done);
    },
    onError: (error) => say(error),
    onSettled: () => client.invalidateQueries({ queryKey: keys.records(object.key) }),
  });
}
