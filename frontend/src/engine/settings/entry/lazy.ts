import { lazyPart } from "@/kit";

export const SsoDialog = lazyPart(async () => (await import("./SsoDialog")).SsoDialog);
export const SsoDomains = lazyPart(async () => (await import("./SsoDomains")).SsoDomains);
