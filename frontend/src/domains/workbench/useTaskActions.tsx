import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { api, keys, type RecordData } from "@/api";
import { kitMessages, useFormat, useProblem } from "@/kit";
import { workbenchMessages } from "./locales";

/** Ticking off and postponing from the row: at once, with the way back in the message. */
export function useTaskActions() {
  const t = workbenchMessages.useT();
  const kit = kitMessages.useT();
  const format = useFormat();
  const client = useQueryClient();
  const { message } = App.useApp();
  const say = useProblem();
  const change = useMutation({
    mutationFn: ({ record, values }: { record: RecordData; values: Record<string, unknown> }) =>
      api.patch<RecordData>(`/task/${record.id}`, values, { version: record.version }),
    onError: (error) => say(error),
    onSettled: () => client.invalidateQueries({ queryKey: keys.records("task") }),
  });

  const apply = async (record: RecordData, values: Record<string, unknown>, text: string) => {
    const before = Object.fromEntries(Object.keys(values).map((key) => [key, record[key]]));
    const saved = await change.mutateAsync({ record, values }).catch(() => null);
    if (!saved) return;
    const key = `task-${record.id}`;
    const undo = () => {
      message.destroy(key);
      change.mutate({ record: saved, values: before });
    };
    message.success({
      key,
      duration: 5,
      content: (
        <>
          {text}{" "}
          <Button type="link" size="small" onClick={undo}>
            {kit("undo")}
          </Button>
        </>
      ),
    });
  };

  return {
    complete: (record: RecordData) =>
      void apply(record, { status: "done" }, t("todo.doneToast", { title: record.title })),
    postpone: (record: RecordData) =>
      void apply(
        record,
        { due_at: tomorrowSameTime(record.due_at, format.today()) },
        t("todo.postponed", { title: record.title }),
      ),
  };
}

const DAY = 86_400_000;

/** Tomorrow, at the time of day it was due. */
export function tomorrowSameTime(due: unknown, today: string): string {
  const was = typeof due === "string" ? Date.parse(due) : Number.NaN;
  const from = Number.isNaN(was) ? Date.parse(`${today}T09:00:00Z`) : was;
  const wholeDays = Math.max(Math.ceil((Date.now() - from) / DAY), 1);
  return new Date(from + wholeDays * DAY).toISOString();
}
