/** What `/receivables` answers, and what it is sent. */
import type { Id, LinkRef } from "@/api/types";

/** A day as the API writes it. */
export const DAY = "YYYY-MM-DD";
export const BUCKETS = ["not_due", "to_30", "to_60", "to_90", "over_90"] as const;
export type BucketKey = (typeof BUCKETS)[number];

export interface Bucket {
  key: BucketKey;
  from: string | null;
  until: string | null;
  amount: number;
  count: number;
}
export interface CustomerOwes {
  customer: LinkRef | null;
  total: number;
  count: number;
  amounts: Record<BucketKey, number>;
}
export interface Ageing {
  as_of: string;
  currency: string;
  buckets: Bucket[];
  total: number;
  customers: CustomerOwes[];
  more: boolean;
}
export interface PlanRow {
  id: Id;
  title: string;
  due_on?: string | null;
  status?: string | null;
  amount?: number | null;
  received?: number | null;
  outstanding?: number | null;
}
export interface PaperMoney {
  currency: string;
  total: number | null;
  planned: number | null;
  unplanned: number | null;
  received: number | null;
  outstanding: number | null;
  plans: PlanRow[] | null;
  may_plan: boolean;
  requested: number | null;
  invoiced: number | null;
  uninvoiced: number | null;
  /** Of an order: whether its customer's credit holds it, and I could release it. */
  held?: boolean;
}
export interface Credit {
  limit: number | null;
  used: number | null;
  left: number | null;
  currency: string;
}
export interface SplitBody {
  parts?: number;
  first_due?: string;
  every_months?: number;
  instalments?: { due_on: string; amount?: string; percent?: string }[];
}
export interface Split {
  unplanned: number;
  currency: string;
  instalments: { due_on: string; amount: number; name: string | null }[];
}
export interface OpenRow {
  plan: LinkRef | null;
  invoice: LinkRef | null;
  contract?: LinkRef | null;
  sales_order?: LinkRef | null;
  due_on?: string | null;
  status?: string | null;
  outstanding: number;
  currency: string | null;
  proposed: number;
  settles: number;
}
export interface OpenInvoice {
  invoice: LinkRef;
  number?: string | null;
  outstanding: number;
  currency?: string | null;
}
export interface AllocationRow {
  id: Id;
  plan?: LinkRef | null;
  invoice?: LinkRef | null;
  amount: number | null;
  settled?: number | null;
  difference?: number | null;
}
export interface Proposal {
  surplus: number;
  currency: string;
  open: OpenRow[];
  invoices: OpenInvoice[];
  allocations: AllocationRow[];
}
export interface AllocateBody {
  remove: Id[];
  allocations: { plan?: Id; invoice?: Id; amount: string; settled?: string }[];
}

/** Hundredths of an amount as it is typed or told: sums without floats going astray. */
export const cents = (value: number | string | null | undefined): number => Math.round(Number(value || 0) * 100);

/** Hundredths as the API takes them. */
export const amountOf = (hundredths: number): string => (hundredths / 100).toFixed(2);

/** What a row is known by: its instalment, or its invoice where it has none. */
export const idOf = (row: OpenRow): Id => row.plan?.id ?? row.invoice?.id ?? "";
