/** What referrals add to the engine's pages. */
import { addRecordPanel } from "@/engine/records/panels";
import { lazyPart } from "@/kit";

const ReferralCard = lazyPart(async () => (await import("./ReferralCard")).ReferralCard);

export function addReferralParts(): void {
  addRecordPanel({
    key: "referrals",
    Part: ReferralCard,
    isShown: (object) => object.key === "customer" || object.key === "contact",
  });
}
