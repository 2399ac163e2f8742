import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { CloudOff } from "lucide-react";
import { useEffect, useMemo } from "react";
import { Navigate, useLocation } from "react-router";
import { isProblem, type Me, meQuery, schemaQuery } from "@/api";
import { currentLocale, switchLocale } from "@/i18n";
import { Empty, kitMessages, lazyPart, RegionContext, setThemeChoice } from "@/kit";
import { BootSkeleton } from "../BootSkeleton";
import { appMessages } from "../locales";
import { Frame } from "./Frame";

const EntryPage = lazyPart(() => import("@/engine/settings/security/EntryPage").then((part) => part.EntryPage));
const Viewed = lazyPart(() => import("@/engine/access/viewing/Viewed").then((part) => part.Viewed));
const DEMANDS = [
  "single_sign_on_required",
  "second_factor_required",
  "password_expired",
  "network_not_allowed",
] as const;

/** The door: who is it, which objects are there; then the frame around every signed-in page. */
export function Shell() {
  const me = useQuery(meQuery);
  const schema = useQuery(schemaQuery);
  const location = useLocation();
  useOwnAppearance(me.data);
  const region = useMemo(
    () => (me.data ? { timeZone: me.data.workspace.time_zone, currency: me.data.workspace.currency } : undefined),
    [me.data],
  );

  const error = me.error ?? schema.error;
  const demand = isProblem(error) ? DEMANDS.find((code) => code === error.code) : undefined;
  if (demand) return <EntryPage demand={demand} />;
  if (isProblem(error) && (error.status === 401 || error.status === 403)) {
    const next = location.pathname + location.search;
    return <Navigate to={next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`} replace />;
  }
  if (error && !(me.data && schema.data))
    return <Unreachable onRetry={() => void (me.error ? me.refetch() : schema.refetch())} />;
  if (!me.data || !schema.data || !region) return <BootSkeleton />;
  return (
    <RegionContext value={region}>
      {me.data.viewing ? (
        <Viewed viewing={me.data.viewing}>
          <Frame />
        </Viewed>
      ) : (
        <Frame />
      )}
    </RegionContext>
  );
}

/** Language and theme are the person's, whatever this browser was set to before. */
function useOwnAppearance(me: Me | undefined) {
  const locale = me?.user.locale;
  const theme = me?.user.theme;
  useEffect(() => {
    if (locale && locale !== currentLocale()) void switchLocale(locale);
  }, [locale]);
  useEffect(() => {
    if (theme) setThemeChoice(theme);
  }, [theme]);
}

function Unreachable({ onRetry }: { onRetry: () => void }) {
  const t = appMessages.useT();
  const kit = kitMessages.useT();
  return (
    <div role="alert" style={{ height: "100dvh", display: "grid", placeItems: "center" }}>
      <Empty
        page
        icon={CloudOff}
        title={t("unreachable.title")}
        actions={<Button onClick={onRetry}>{kit("retry")}</Button>}
      >
        {t("unreachable.body")}
      </Empty>
    </div>
  );
}
