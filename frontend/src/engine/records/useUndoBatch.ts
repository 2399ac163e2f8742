import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { BulkResult, ObjectSchema } from "@/api/types";
import { useFormat, useProblem } from "@/kit";
import { useT } from "./messages";
import { useUndoToast } from "./useUndoToast";

interface Undone extends BulkResult {
  /** Changed by someone since, and therefore left as they are. */
  skipped: number;
}

/** Says what a bulk call did, with the way to take all of it back. */
export function useUndoBatch(object: ObjectSchema): (text: string, done: BulkResult) => void {
  const client = useQueryClient();
  const t = useT();
  const format = useFormat();
  const say = useProblem();
  const { message } = App.useApp();
  const toast = useUndoToast();
  const undo = useMutation({
    mutationFn: (batch: string) => api.post<Undone>(`/${object.key}/bulk`, { op: "undo", batch }),
    onSuccess: ({ affected, skipped }) => {
      const done = t("undone", { count: affected, n: format.number(affected) });
      message.info(skipped ? `${done}${t("undone_but", { count: skipped, n: format.number(skipped) })}` : done);
    },
    onError: (error) => say(error),
    onSettled: () => client.invalidateQueries({ queryKey: keys.records(object.key) }),
  });
  return (text, { affected, batch }) => toast(text, affected > 0 ? () => undo.mutate(batch) : undefined);
}
