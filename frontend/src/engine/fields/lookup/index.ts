/** A lookup is drawn by the type of what it leads to; `Config` is for the designer. */
export type { ConfigProps } from "../config";
