import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Count, type FilterNode, type Id, type Label } from "@/api";

export interface Step {
  day: number;
  subject: Label;
}

export interface PlanBody {
  object: string;
  name: Label;
  condition: FilterNode | null;
  steps: Step[];
  stops_on_contact: boolean;
  workdays: boolean;
}

export interface Plan extends PlanBody {
  id: Id;
  enabled: boolean;
  version: number;
  running: number;
  broken: boolean;
}

export const OBJECTS = ["customer", "lead", "opportunity", "contact"] as const;

export const NEW_PLAN: PlanBody = {
  object: "customer",
  name: { "zh-CN": "", en: "" },
  condition: null,
  steps: [{ day: 0, subject: { "zh-CN": "", en: "" } }],
  stops_on_contact: false,
  workdays: true,
};

interface Fitting {
  /** Null where the condition asks for what one does not read. */
  count: Count | null;
  /** False where records are out of one's sight: only those one sees were counted. */
  whole: boolean;
}

const KEY = ["follow-up-plans"] as const;

export const usePlans = () =>
  useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await api.get<{ data: Plan[] }>("/follow-ups/plans", { signal })).data,
  });

/** How many records fit a condition now. */
export const useFitting = (object: string, condition: FilterNode | null, enabled = true) =>
  useQuery({
    queryKey: [...KEY, "fitting", object, condition],
    queryFn: ({ signal }) => api.post<Fitting>("/follow-ups/plans/preview", { object, condition }, { signal }),
    enabled,
    retry: false,
    staleTime: 30_000,
  });

export function usePlanChanges() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: KEY });
  return {
    save: useMutation({
      mutationFn: ({ plan, body }: { plan: Plan | null; body: Partial<PlanBody> }) => {
        const { object, ...rest } = body;
        return plan
          ? api.patch<Plan>(`/follow-ups/plans/${plan.id}`, { ...rest, version: plan.version })
          : api.post<Plan>("/follow-ups/plans", { object, ...rest });
      },
      onSuccess,
    }),
    turn: useMutation({
      mutationFn: ({ plan, enabled, existing = false }: { plan: Plan; enabled: boolean; existing?: boolean }) =>
        api.patch<Plan>(`/follow-ups/plans/${plan.id}`, { enabled, existing, version: plan.version }),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (id: Id) => api.delete(`/follow-ups/plans/${id}`), onSuccess }),
  };
}
