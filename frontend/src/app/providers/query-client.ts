import { MutationCache, type Query, QueryCache, QueryClient } from "@tanstack/react-query";
import { keys } from "@/api/keys";
import { isProblem } from "@/api/problem";
import { meQuery } from "@/api/useMe";
import { schemaQuery } from "@/api/useSchema";
import { i18n } from "@/i18n/i18n";

const MAX_RETRIES = 2;

/** A refusal does not change by asking again; a lost connection or a restarting server may. */
function shouldRetry(failures: number, error: unknown): boolean {
  if (failures >= MAX_RETRIES) return false;
  return !isProblem(error) || error.status === 0 || error.status >= 502;
}

/** Asked together before anything is shown: their 401 is the door's own answer. */
const AT_THE_DOOR: ReadonlySet<unknown> = new Set([keys.me[0], keys.schema[0]]);

const DEMANDS: ReadonlySet<string> = new Set([
  "single_sign_on_required",
  "second_factor_required",
  "password_expired",
  "network_not_allowed",
]);

export function createQueryClient(): QueryClient {
  // A session that ended shows at the first 401: asking who we are again leads to the sign-in page.
  const onError = (error: unknown, atTheDoor: boolean) => {
    if (!atTheDoor && isProblem(error) && error.status === 401) void client.resetQueries({ queryKey: keys.me });
    // Looking as somebody else is over: what is on screen was theirs.
    if (isProblem(error) && error.code === "viewing_over") location.assign("/");
    // The workspace asks for something new of those who are in: the door asks again, and shows what.
    if (!atTheDoor && isProblem(error) && error.status === 403 && DEMANDS.has(error.code))
      void client.resetQueries({ queryKey: keys.schema });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => onError(error, AT_THE_DOOR.has(query.queryKey[0])) }),
    mutationCache: new MutationCache({ onError: (error) => onError(error, false) }),
    defaultOptions: {
      // The stream says what changed, so what is cached may be shown at once on every way back.
      queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry: shouldRetry, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  });
  // Reasons and names that the server words were asked for in the language before. Who it is does not depend on it.
  i18n.on("languageChanged", () => {
    // A first question that is under way is not put again by itself.
    const waiting = (query: Query) => query.isActive() && query.state.data === undefined;
    const worded = (query: Query) => query.queryKey[0] !== keys.me[0];
    void client
      .cancelQueries({ predicate: (query) => worded(query) && waiting(query) })
      .then(() => client.invalidateQueries({ predicate: worded }));
  });
  return client;
}

const OUTSIDE = /^\/(sign-in|sign-up|reset|verify-email|setup|invitation|notice|consent|offer|order)(\/|$)/;

/** Who it is and which objects there are: on their way while the page's code still is. */
export function askAtTheDoor(client: QueryClient, pathname: string): void {
  if (OUTSIDE.test(pathname)) return;
  void client.prefetchQuery(meQuery);
  void client.prefetchQuery(schemaQuery);
}
