/** What the pages of orders know, as the API tells it. */

/** A line of an order and what became of it. */
export interface StandingLine {
  id: string;
  title: string;
  name?: string | null;
  sku?: string | null;
  unit?: string | null;
  ordered: number;
  planned: number;
  delivered: number;
  returned: number;
  left: number;
  returnable: number;
}

export interface OrderLink {
  id: string;
  created_at: string;
  expires_at: string;
  is_open: boolean;
  seen_count: number;
  first_seen_at: string | null;
  last_seen_at: string | null;
  /** Told once, when the link is made. */
  url?: string;
}

export interface Said {
  value: string;
  label: string;
}
export interface Piece {
  name: string | null;
  unit: string | null;
  quantity: number | null;
}
export interface Movement {
  number: string | null;
  status: Said;
  received_on: string | null;
  items: Piece[];
}

/** An order as its customer sees it. */
export interface OrderPage {
  firm: string;
  contact: string;
  number: string;
  customer: string;
  ordered_on: string | null;
  due_on: string | null;
  status: Said;
  expires_at: string;
  items: (Piece & { sku: string | null; delivered: number | null; returned: number | null })[];
  deliveries: (Movement & {
    carrier: string | null;
    tracking_number: string | null;
    planned_on: string | null;
    shipped_on: string | null;
  })[];
  returns: (Movement & { kind: Said; requested_on: string | null })[];
}
