export const maxOf = (config: Record<string, unknown>): number =>
  typeof config.max === "number" && config.max > 0 ? Math.min(10, config.max) : 5;
