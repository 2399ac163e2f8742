/** How long a deleted record can still come back: the bin is emptied of what is older than this. */
export const KEPT_DAYS = 90;
const DAY = 24 * 60 * 60 * 1000;

export function daysLeft(deletedAt: string, now: number = Date.now()): number {
  return Math.max(0, Math.ceil((new Date(deletedAt).getTime() + KEPT_DAYS * DAY - now) / DAY));
}
