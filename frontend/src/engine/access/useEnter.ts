import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useNavigate, useSearchParams } from "react-router";

/** After signing in: on to where one wanted to go, and only ever to a path of our own. */
export function useEnter(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  return useCallback(async () => {
    client.clear();
    const next = params.get("next") ?? "/";
    await navigate(/^\/(?![/\\])/.test(next) ? next : "/", { replace: true });
  }, [client, navigate, params]);
}
