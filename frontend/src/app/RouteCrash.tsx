import { useRevalidator, useRouteError } from "react-router";
import { CrashNotice } from "@/kit";

export function RouteCrash() {
  const error = useRouteError();
  const { revalidate } = useRevalidator();
  const shown = error instanceof Error ? error : new Error(String(error));
  // A route that failed to load stays failed for the router; only a fresh visit asks again.
  return <CrashNotice error={shown} onRetry={() => void revalidate().then(() => location.reload())} />;
}
