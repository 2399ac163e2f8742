/**
 * The names behind ids, as far as this tab has met them: filters hold ids, sentences say names.
 * Filled by pickers and by what records show; asked for with `useNames`.
 */
const known = new Map<string, string>();

export function learnName(id: string, name: string): void {
  if (id && name) known.set(id, name);
}

export const nameOf = (id: string): string | undefined => known.get(id);
