/**
 * The hand-written shapes (types.ts) against the generated ones (generated.ts, from docs/reference/openapi.json).
 *
 * Nothing here runs: a field that the server renames or drops stops the type check. Records, object schemas and queries
 * are data that differ from workspace to workspace, so they are written by hand and compared by the browser tests.
 */
import type { components } from "./generated";
import type * as ours from "./types";

type Generated = components["schemas"];

/** What ours reads and theirs does not have. Must be nothing. */
type Unknown<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs>;
type Nothing<T extends never> = T;

export type Contract = [
  Nothing<Unknown<ours.Me, Generated["Me"]>>,
  Nothing<Unknown<ours.Me["user"], Generated["PersonMe"]>>,
  Nothing<Exclude<Unknown<ours.Me["workspace"], Generated["WorkspaceMe"]>, "member_scope">>,
  Nothing<Unknown<ours.Me["can"], Generated["CanMe"]>>,
  Nothing<Unknown<ours.Workspace, Generated["Workspace"]>>,
  Nothing<Unknown<ours.Member, Generated["Member"]>>,
  Nothing<Unknown<ours.Team, Generated["Team"]>>,
  Nothing<Exclude<Unknown<ours.ApiToken, Generated["Token"]>, "token">>,
  Nothing<Unknown<ours.Notice, Generated["Notice"]>>,
  Nothing<Unknown<ours.SavedView, Generated["View"]>>,
  Nothing<Exclude<Unknown<ours.SetupState, Generated["SetupState"]>, "demo_account">>,
];
