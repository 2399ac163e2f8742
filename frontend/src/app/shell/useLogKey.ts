import { useLocation } from "react-router";
import { useSchema } from "@/api";
import { askForLog, isLoggable } from "@/engine/records/log-target";
import { useHotkey } from "@/kit";

const RECORD = /^\/o\/([^/]+)(?:\/([0-9a-f-]{36}))?$/;

/** `l` writes down what happened: with the record one looks at, else with one that is asked for. */
export function useLogKey(): void {
  const location = useLocation();
  const { byKey, objects } = useSchema();
  useHotkey("l", () => {
    const [, key = "", page] = RECORD.exec(location.pathname) ?? [];
    const object = byKey.get(key);
    // In a list it is the row that is open beside it.
    const id = page ?? new URLSearchParams(window.location.search).get("open");
    if (object && id && isLoggable(object, objects)) askForLog({ object: object.key, id });
    else if (objects.some((each) => isLoggable(each, objects))) askForLog(null);
  });
}
