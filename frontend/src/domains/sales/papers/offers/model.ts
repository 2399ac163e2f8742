/** What the pages of an offer know, as the API tells it. */

export type Strokes = [number, number][][];
export const BOX = { width: 1000, height: 360 };

export interface PaperItem {
  n: number;
  name: string;
  sku: string;
  unit: string;
  quantity: string;
  price: string;
  discount: string;
  tax_rate: string;
  amount: string;
  note: string;
}

/** A paper as texts in one language, as it is printed. */
export interface PaperData {
  labels: Record<string, string>;
  kind: string;
  title: string;
  number: string;
  version: string;
  date: string;
  until: string;
  currency: string;
  seller: { name: string; contact: string };
  buyer: { name: string; contact: string };
  items: PaperItem[];
  has_discounts: boolean;
  has_tax: boolean;
  tax_included: boolean;
  subtotal: string;
  discounts: string;
  net: string;
  tax: string;
  total: string;
  capitals: string;
  terms: string;
}

export interface Offer {
  state: "open" | "accepted" | "declined" | "expired";
  paper: PaperData;
  answered_at: string | null;
  name: string;
  signature: Strokes | null;
  document_hash: string;
}

export interface OfferLink {
  id: string;
  created_at: string;
  is_open: boolean;
  seen_count: number;
  first_seen_at: string | null;
  last_seen_at: string | null;
  answer: "accepted" | "declined" | null;
  answered_at: string | null;
  name: string;
  ip: string;
  comment: string;
  signature: Strokes | null;
  document_hash: string;
  mailed_to: string[];
  /** Told once, when the link is made. */
  url?: string;
}

export interface MailDraft {
  to: { name: string; email: string; chosen: boolean }[];
  subject: string;
  body: string;
  reply_to: string | null;
}

/** Strokes as the path of an SVG. */
export const pathOf = (strokes: Strokes): string =>
  strokes.map((stroke) => stroke.map(([x, y], n) => `${n ? "L" : "M"}${x} ${y}`).join("")).join("");
