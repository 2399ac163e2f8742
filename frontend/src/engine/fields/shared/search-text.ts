/** What is compared when a short list is searched in the browser. */
export const searchText = (value: unknown): string =>
  String(value ?? "")
    .trim()
    .toLocaleLowerCase();
