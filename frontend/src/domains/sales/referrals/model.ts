/** What referrals know, as the API tells it. */
import type { LinkRef } from "@/api/types";

export type State = "open" | "due" | "paid" | "closed" | "void";

export interface ReferralRow {
  id: string;
  title: string;
  number?: string | null;
  status: State;
  referrer: LinkRef | null;
  referrer_contact?: LinkRef | null;
  customer: LinkRef | null;
  referred_on?: string | null;
  reward?: number | null;
  /** What the customer has paid; null for who does not read it. */
  revenue?: number | string | null;
}

export interface Referrals {
  code: string | null;
  links: { name: string; url: string }[];
  may_make: boolean;
  brought_by: ReferralRow | null;
  brought: ReferralRow[] | null;
  influence: {
    direct: number;
    people: number;
    levels: number;
    cut: boolean;
    direct_revenue: number | string | null;
    revenue: number | string | null;
  } | null;
  rewards: { due: number | string; paid: number | string } | null;
  currency: string;
}

export interface Terms {
  kind: "none" | "fixed" | "percent";
  amount: string | null;
  percent: string | null;
  cap: string | null;
  currency: string;
  version: number;
}
