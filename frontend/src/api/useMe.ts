import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "./http";
import { keys } from "./keys";
import type { Me, Preferences, ThemeChoice } from "./types";

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) => api.get<Me>("/me", { signal }),
  staleTime: 5 * 60_000,
  retry: false,
});

/** The person and the workspace. Only for pages behind sign-in: the shell renders nothing before it is there. */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error("useMe outside of the signed-in part");
  return data;
}

export interface MePatch {
  name?: string;
  locale?: "zh-CN" | "en";
  theme?: ThemeChoice;
  preferences?: Preferences;
}

export function useUpdateMe() {
  const client = useQueryClient();
  return useMutation({
    // Who looks as somebody else arranges their own screen only: nothing of it is kept.
    mutationFn: async (patch: MePatch) => {
      const now = client.getQueryData<Me>(keys.me);
      return now?.viewing ? now : api.patch<Me>("/me", patch);
    },
    // Language, theme and layout answer at once; a refusal puts them back.
    onMutate: async (patch) => {
      await client.cancelQueries({ queryKey: keys.me });
      const before = client.getQueryData<Me>(keys.me);
      if (before) {
        const { preferences, ...plain } = patch;
        const user = { ...before.user, ...plain, preferences: { ...before.user.preferences, ...preferences } };
        client.setQueryData<Me>(keys.me, { ...before, user });
      }
      return { before };
    },
    onError: (_error, _patch, context) => {
      if (context?.before) client.setQueryData(keys.me, context.before);
    },
    onSettled: (me) => (me?.viewing ? undefined : client.invalidateQueries({ queryKey: keys.me })),
  });
}
