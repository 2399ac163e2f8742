import { useQuery } from "@tanstack/react-query";
import { meQuery } from "@/api";
import { SsoButtons, useSignInWays } from "@/engine/access/SsoWays";

/** The single sign-on of the workspace that one is in. */
export function FirmWays() {
  const me = useQuery(meQuery);
  const ways = useSignInWays(me.data?.workspace.slug ?? "");
  return ways.data ? <SsoButtons ways={ways.data} next={location.pathname + location.search} /> : null;
}
