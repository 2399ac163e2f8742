import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { Page } from "@/api/types";
import { queryOf } from "./periods";
import type { Dashboard, DashboardDefinition, FigureList, Filters, Scope } from "./types";

const KEY = ["dashboards"] as const;

export const dashboardsQuery = queryOptions({
  queryKey: KEY,
  queryFn: async ({ signal }) => (await api.get<Page<Dashboard>>("/dashboards", { signal })).data,
  staleTime: 60_000,
});

const FRESH = 60_000;

/** All figures of a dashboard in one answer; with `every` they are counted anew by themselves. */
export const useFigures = (dashboard: Dashboard, filters: Filters, every: number | false, enabled: boolean) =>
  useQuery({
    queryKey: ["dashboard-figures", dashboard.id, dashboard.version, filters],
    queryFn: ({ signal }) =>
      api.get<FigureList>(`/dashboards/${dashboard.id}/figures`, { query: queryOf(filters), signal }),
    placeholderData: keepPreviousData,
    staleTime: FRESH,
    refetchInterval: every,
    refetchIntervalInBackground: every !== false,
    enabled,
  });

/** The figures of a dashboard that is being changed; moving a widget asks for nothing. */
export const usePreview = (definition: DashboardDefinition, enabled: boolean) => {
  const content = definition.widgets.map(({ x, y, w, h, ...rest }) => rest);
  return useQuery({
    queryKey: ["dashboard-figures", "preview", content, definition.filters],
    queryFn: ({ signal }) => api.post<FigureList>("/dashboards/preview", definition, { signal }),
    placeholderData: keepPreviousData,
    staleTime: FRESH,
    enabled,
  });
};

export interface NewDashboard {
  name: Dashboard["name"];
  scope: Scope;
  definition: DashboardDefinition;
}

export type DashboardPatch = Partial<NewDashboard> & {
  is_default?: boolean;
  default_roles?: string[];
  locked?: boolean;
};

export function useDashboardMutations() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: KEY });
  const put = (made: Dashboard) =>
    client.setQueryData<Dashboard[]>(KEY, (all = []) =>
      all.some(({ id }) => id === made.id)
        ? all.map((each) => (each.id === made.id ? { ...made, opens: each.opens } : each))
        : [...all, made],
    );
  const create = useMutation({
    mutationFn: (made: NewDashboard) => api.post<Dashboard>("/dashboards", made),
    onSuccess: put,
    onSettled: refresh,
  });
  const update = useMutation({
    mutationFn: ({ dashboard, patch }: { dashboard: Dashboard; patch: DashboardPatch }) =>
      api.patch<Dashboard>(
        `/dashboards/${dashboard.id}`,
        { ...patch, version: dashboard.version },
        { version: dashboard.version },
      ),
    onSuccess: put,
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (dashboard: Dashboard) => api.delete(`/dashboards/${dashboard.id}`, { version: dashboard.version }),
    onSettled: refresh,
  });
  return { create, update, remove };
}
