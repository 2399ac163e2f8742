import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Id } from "@/api";
import type { Board, Cell, Grid, Kind, Overview, Plan, PlanBody, Standing, Unit } from "./model";

const KEY = ["targets"] as const;
/** Any write to any measured object moves a figure: asked again on every way back, and every minute while it is looked at. */
const LIVE = { staleTime: 0, refetchInterval: 60_000 };

export const useStanding = (unit: Unit, day: string | null, mine = false) =>
  useQuery({
    queryKey: [...KEY, "standing", unit, day, mine],
    queryFn: ({ signal }) => {
      const asked = new URLSearchParams({ unit, mine: String(mine), ...(day ? { day } : {}) });
      return api.get<Standing>(`/targets?${asked}`, { signal });
    },
    placeholderData: keepPreviousData,
    ...LIVE,
  });

export const useOverview = () =>
  useQuery({
    queryKey: [...KEY, "plans"],
    queryFn: ({ signal }) => api.get<Overview>("/targets/plans", { signal }),
  });

export const useBoard = (plan: Id, unit: Unit, day: string) =>
  useQuery({
    queryKey: [...KEY, "board", plan, unit, day],
    queryFn: ({ signal }) => api.get<Board>(`/targets/plans/${plan}/board?unit=${unit}&day=${day}`, { signal }),
    ...LIVE,
    retry: false,
  });

export const useGrid = (plan: Id | undefined, year: number) =>
  useQuery({
    queryKey: [...KEY, "grid", plan, year],
    queryFn: ({ signal }) => api.get<Grid>(`/targets/plans/${plan}/grid?year=${year}`, { signal }),
    enabled: plan !== undefined,
    retry: false,
  });

export function usePlanChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY });
  return {
    save: useMutation({
      mutationFn: ({ plan, body }: { plan: Plan | null; body: PlanBody }) =>
        plan
          ? api.patch<Plan>(`/targets/plans/${plan.id}`, { ...body, version: plan.version })
          : api.post<Plan>("/targets/plans", body),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (id: Id) => api.delete(`/targets/plans/${id}`), onSuccess }),
    cells: useMutation({
      mutationFn: ({ plan, cells }: { plan: Id; cells: Cell[] }) =>
        api.put<{ changed: number }>(`/targets/plans/${plan}/cells`, { cells }),
      onSuccess,
    }),
    shy: useMutation({ mutationFn: (shy: boolean) => api.put("/targets/shy", { shy }), onSuccess }),
  };
}

export interface SplitBody {
  kind: Kind;
  id: Id;
  unit: Unit;
  start: string;
  amount: number;
  way: "even" | "last" | "typed";
  weights?: Record<Id, number>;
}

export const useSplit = (plan: Id) =>
  useMutation({
    mutationFn: async (body: SplitBody) =>
      (await api.post<{ data: Cell[] }>(`/targets/plans/${plan}/split`, body)).data,
  });
