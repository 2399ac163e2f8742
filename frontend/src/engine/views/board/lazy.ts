import { lazyPart } from "@/kit";

/** Most moves are not asked about: the question loads with the first one that is. */
export const GateForm = lazyPart(async () => (await import("./GateForm")).GateForm);
