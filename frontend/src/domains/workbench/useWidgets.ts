import { useMemo } from "react";
import { useMe, useUpdateMe } from "@/api";
import { type Arrangement, arrangementOf } from "./widgets";

export function useWidgets(): [Arrangement, (next: Arrangement) => void] {
  const kept = useMe().user.preferences.workbench_widgets;
  const update = useUpdateMe();
  const arrangement = useMemo(() => arrangementOf(kept), [kept]);
  return [arrangement, (next) => update.mutate({ preferences: { workbench_widgets: next } })];
}
