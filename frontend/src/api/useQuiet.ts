import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

const STILL = 150;
const AT_LAST = 4000;

/**
 * True once the page has what it first asked for: counts and other by-the-ways wait for it, so that they do not stand
 * in the way of what one came for. After a few seconds they are asked for in any case.
 */
export function useQuiet(): boolean {
  const client = useQueryClient();
  const [quiet, setQuiet] = useState(false);
  useEffect(() => {
    if (quiet) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const done = () => setQuiet(true);
    const look = () => {
      clearTimeout(timer);
      if (client.isFetching() === 0) timer = setTimeout(done, STILL);
    };
    look();
    const leave = client.getQueryCache().subscribe(look);
    const last = setTimeout(done, AT_LAST);
    return () => {
      leave();
      clearTimeout(timer);
      clearTimeout(last);
    };
  }, [client, quiet]);
  return quiet;
}
