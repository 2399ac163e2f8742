import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { API } from "./http";
import { keys } from "./keys";
import { refreshAll } from "./refresh";
import type { Schema } from "./types";

const RECORDS_DELAY = 250;

/**
 * Server-sent events → what is on screen is refreshed. One connection per tab; the browser reconnects by itself, and
 * after a gap everything is refreshed once, because events may have been missed. The first `ready` comes after the page
 * has asked for its first answers: messages that arrived in between are asked for again, the rest was read just now.
 */
export function useStream(): void {
  const client = useQueryClient();
  useEffect(() => {
    if (typeof EventSource === "undefined") return;
    const source = new EventSource(`${API}/stream`);
    const refresh = batchRecords(client);
    let wasReady = false;
    source.addEventListener("ready", () => {
      void (wasReady ? refreshAll(client) : client.invalidateQueries({ queryKey: keys.notices }));
      wasReady = true;
    });
    source.addEventListener("notification", () => void client.invalidateQueries({ queryKey: keys.notices }));
    source.addEventListener("import", (event) => {
      const id = read(event).id;
      void client.invalidateQueries({ queryKey: typeof id === "string" ? keys.import(id) : keys.imports });
    });
    source.addEventListener("records", (event) => {
      const object = read(event).object;
      if (typeof object === "string") refresh.add(object);
    });
    source.addEventListener("schema", (event) => {
      const version = read(event).version;
      if (client.getQueryData<Schema>(keys.schema)?.version === version) return;
      void client.invalidateQueries({ queryKey: keys.schema });
      void client.invalidateQueries({ queryKey: ["pipelines"] });
    });
    return () => {
      refresh.stop();
      source.close();
    };
  }, [client]);
}

function read(event: Event): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse((event as MessageEvent<string>).data);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** An import announces thousands of changes; lists ask again at most four times a second. */
function batchRecords(client: QueryClient) {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    for (const object of waiting) void client.invalidateQueries({ queryKey: keys.records(object) });
    waiting.clear();
  };
  return {
    add(object: string) {
      waiting.add(object);
      timer ??= setTimeout(flush, RECORDS_DELAY);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
