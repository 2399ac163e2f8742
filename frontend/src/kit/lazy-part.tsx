// biome-ignore-all lint/correctness/noComponentHookFactories: called once per part at module level, as React.lazy is
/**
 * Parts of a page that load when they are needed.
 *
 * How it works: `lazyPart` is `React.lazy` with its own Suspense and a `preload`; once loaded, a part is drawn in the
 * same frame (React.lazy alone always shows its fallback once). `lazyDialog` asks for its code when it first opens.
 * `usePreload` fetches parts while the browser has nothing to do, so that the first click finds them there.
 */
import { type ComponentType, createElement, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";

export interface Preloadable {
  preload: () => Promise<unknown>;
}

export type LazyPart<P> = ComponentType<P> & Preloadable;

export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  fallback: (props: P) => ReactNode = () => null,
): LazyPart<P> {
  let loaded: ComponentType<P> | undefined;
  let asked: Promise<ComponentType<P>> | undefined;
  const preload = () => {
    asked ??= load().then(
      (part) => {
        loaded = part;
        return part;
      },
      (error) => {
        // A lost connection is no reason to never ask again.
        asked = undefined;
        waiting = fresh();
        throw error;
      },
    );
    return asked;
  };
  const fresh = () => lazy(async () => ({ default: await preload() }));
  let waiting = fresh();
  function Inside(props: P) {
    // Pinned for the life of this instance: changing the type of an element would throw its state away.
    const [Part] = useState<ComponentType<P>>(() => loaded ?? (waiting as unknown as ComponentType<P>));
    return createElement(Part, props);
  }
  function Part(props: P) {
    return (
      <Suspense fallback={fallback(props)}>
        <Inside {...props} />
      </Suspense>
    );
  }
  return Object.assign(Part, { preload: () => preload().catch(() => undefined) });
}

/** A drawer or dialog: its code comes with the first opening, and it stays for its closing motion. */
export function lazyDialog<P extends { open: boolean }>(load: () => Promise<ComponentType<P>>): LazyPart<P> {
  const Part = lazyPart(load);
  function Dialog(props: P) {
    const opened = useRef(false);
    if (props.open) opened.current = true;
    return opened.current ? <Part {...props} /> : null;
  }
  return Object.assign(Dialog, { preload: Part.preload });
}

/** Fetches what will likely be wanted next, one after the other, once the page stands still. */
export function usePreload(parts: readonly Preloadable[]): void {
  useEffect(() => {
    let stopped = false;
    const run = async () => {
      for (const part of parts) {
        if (stopped) return;
        await part.preload();
      }
    };
    const cancel = whenIdle(() => void run());
    return () => {
      stopped = true;
      cancel();
    };
  }, [parts]);
}

/** Not while the page is still coming up: parsing code would hold up what one is waiting for. */
const SETTLED = 1200;

function whenIdle(run: () => void): () => void {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  if (connection?.saveData) return () => undefined;
  let idle: number | undefined;
  const timer = setTimeout(() => {
    if (typeof requestIdleCallback === "function") idle = requestIdleCallback(run, { timeout: 4000 });
    else run();
  }, SETTLED);
  return () => {
    clearTimeout(timer);
    if (idle !== undefined) cancelIdleCallback(idle);
  };
}
