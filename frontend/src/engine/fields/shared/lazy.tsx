/** Editors and filters of fields load when they are first shown; reading a value is always there. */
import type { ComponentType } from "react";
import { type LazyPart, lazyPart } from "@/kit";
import type { EditProps, FilterProps } from "../contract";
import styles from "./fields.module.css";

/** As tall as the editor will be, so that nothing moves when it comes. */
function Waiting() {
  return <span className={styles.waiting} aria-busy="true" />;
}

/**
 * Text is typed at once: an editor that is still on its way would lose the first letters. Its input stands on the pages
 * that edit in place anyway, so it costs nothing to have it there.
 */
export function atOnce<V>(Edit: ComponentType<EditProps<V>>): LazyPart<EditProps<V>> {
  return Object.assign((props: EditProps<V>) => <Edit {...props} />, { preload: async () => undefined });
}

export function lazyEdit<V>(load: () => Promise<{ Edit: ComponentType<EditProps<V>> }>): LazyPart<EditProps<V>> {
  return lazyPart(
    async () => (await load()).Edit,
    () => <Waiting />,
  );
}

export function lazyFilter(load: () => Promise<{ Filter: ComponentType<FilterProps> }>): LazyPart<FilterProps> {
  return lazyPart(
    async () => (await load()).Filter,
    () => <Waiting />,
  );
}
