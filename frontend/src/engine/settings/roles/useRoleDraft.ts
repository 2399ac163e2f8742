import { useState } from "react";
import { api } from "@/api/http";
import { isProblem } from "@/api/problem";
import { changed, type Flat, flatten, together, unflatten, withPaths } from "./model";
import { type RoleInfo, useRoleChanges } from "./queries";

/** What somebody else saved meanwhile, against what one had opened. */
export interface Stale {
  latest: RoleInfo;
  clashes: string[];
}

/** The rights as one changes them: nothing is saved before one says so, nothing of a colleague's is written over unseen. */
export function useRoleDraft(role: RoleInfo) {
  const [base, setBase] = useState(role);
  const [flat, setFlat] = useState<Flat>(() => flatten(role.rights));
  const [stale, setStale] = useState<Stale | null>(null);
  const { update } = useRoleChanges();
  const saved = flatten(base.rights);
  const paths = changed(saved, flat);
  // With nothing typed the page follows what is on the server.
  if (paths.length === 0 && role.version !== base.version && !stale) {
    setBase(role);
    setFlat(flatten(role.rights));
  }
  const start = (from: RoleInfo, next = flatten(from.rights)) => {
    setBase(from);
    setFlat(next);
    setStale(null);
  };
  const save = (done: () => void, failed: (error: unknown) => void) =>
    update.mutate(
      { key: base.key, version: base.version, rights: unflatten(flat) },
      {
        onSuccess: (fresh) => {
          start(fresh);
          done();
        },
        onError: async (error) => {
          if (!isProblem(error) || error.code !== "stale_version") return failed(error);
          const latest = await api.get<RoleInfo>(`/roles/${base.key}`).catch(() => null);
          if (!latest) return failed(error);
          setStale({ latest, clashes: together(saved, flat, flatten(latest.rights)).clashes });
        },
      },
    );
  return {
    flat,
    saved,
    paths,
    stale,
    saving: update.isPending,
    change: (given: Record<string, string | boolean | undefined>) => setFlat((now) => withPaths(now, given)),
    discard: () => start(base),
    save,
    keepMine: () => stale && start(stale.latest, together(saved, flat, flatten(stale.latest.rights)).flat),
    takeTheirs: () => stale && start(stale.latest),
  };
}
