/** A rollup is drawn by the type of its result; `Config` is for the designer. */
export type { ConfigProps } from "../config";
