/**
 * What somebody wants to write something down about.
 *
 * Any page asks (`askForLog`); the frame shows the one drawer for it. Nothing chosen yet is `null`: the drawer asks.
 */
import { useSyncExternalStore } from "react";
import type { ObjectSchema } from "@/api/types";
import { activityKind, linkTo } from "./meta";

export interface LogTarget {
  object: string;
  id: string;
  title?: string;
  /** A task that is done with it. */
  task?: { id: string; title: string };
}

export interface LogRequest {
  target: LogTarget | null;
  open: boolean;
}

const CLOSED: LogRequest = { target: null, open: false };
let asked = CLOSED;
const listeners = new Set<() => void>();

function set(next: LogRequest) {
  asked = next;
  for (const listener of listeners) listener();
}

export const askForLog = (target: LogTarget | null) => set({ target, open: true });
export const closeLog = () => set({ ...asked, open: false });

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useLogRequest = () => useSyncExternalStore(subscribe, () => asked);

const LOGGED = new Set(["note", "call", "event"]);

/** Whether this person can write down what happened with a record of this object. */
export const isLoggable = (object: ObjectSchema, objects: readonly ObjectSchema[]): boolean =>
  objects.some((each) => LOGGED.has(activityKind(each) ?? "") && each.can.create && linkTo(each, object));
