/** Addresses of lists and records: the one place that knows their shape. */
export const listPath = (object: string): string => `/o/${object}`;
export const recordPath = (object: string, id: string): string => `/o/${object}/${id}`;
export const binPath = (object: string): string => `/o/${object}/deleted`;
export const duplicatesPath = (object: string): string => `/o/${object}/duplicates`;
export const importPath = (object: string): string => `/o/${object}/import`;
export const importJobPath = (id: string): string => `/imports/${id}`;
export const mergePath = (object: string, ids: readonly string[], keep?: string): string =>
  `/o/${object}/merge?ids=${ids.join(",")}${keep ? `&keep=${keep}` : ""}`;
