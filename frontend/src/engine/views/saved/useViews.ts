import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { SavedView, ViewDefinition } from "@/api/types";
import { viewsQuery } from "./views-query";

export const useViews = (object: string) => useQuery(viewsQuery(object));

/** The view in the address, when it is a colleague's that one was given the link of. */
export function useLinkedView(views: SavedView[] | undefined, id: string | null) {
  const known = !id || !views || id.startsWith("builtin:") || views.some((view) => view.id === id);
  return useQuery({
    queryKey: ["views", "linked", id],
    queryFn: ({ signal }) => api.get<SavedView>(`/views/${id}`, { signal }),
    enabled: !known,
    retry: false,
    staleTime: 60_000,
  }).data;
}

export interface NewView {
  name: string;
  kind: SavedView["kind"];
  scope: SavedView["scope"];
  pinned?: boolean;
  definition: ViewDefinition;
}

export type ViewPatch = Partial<Omit<NewView, "kind">> & {
  kind?: SavedView["kind"];
  is_default?: boolean;
  default_roles?: string[];
  locked?: boolean;
  by_link?: boolean;
};

export function useViewMutations(object: string) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: keys.views(object) });
  const put = (view: SavedView) =>
    client.setQueryData<SavedView[]>(keys.views(object), (views) => {
      const rest = (views ?? []).filter((each) => each.id !== view.id);
      return [...rest, view].sort((a, b) => a.position - b.position);
    });
  const create = useMutation({
    mutationFn: (view: NewView) => api.post<SavedView>("/views", { object, pinned: true, ...view }),
    onSuccess: put,
    onSettled: refresh,
  });
  const update = useMutation({
    mutationFn: ({ view, patch }: { view: SavedView; patch: ViewPatch }) =>
      api.patch<SavedView>(`/views/${view.id}`, { ...patch, version: view.version }, { version: view.version }),
    onSuccess: put,
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (view: SavedView) => api.delete(`/views/${view.id}`, { version: view.version }),
    onSettled: refresh,
  });
  return { create, update, remove };
}

/** May this person change the view itself, or only save another one from it? */
export const canChange = (view: SavedView | undefined): view is SavedView => Boolean(view?.mine && !view.builtin);
