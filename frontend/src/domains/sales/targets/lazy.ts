import { lazyPart } from "@/kit";

export const PaceCard = lazyPart(async () => (await import("./PaceCard")).PaceCard);
