/** What the money of a contract or an order is asked by, for its card and its buttons alike. */
import { api } from "@/api/http";
import type { Id, RecordData } from "@/api/types";
import type { PaperMoney } from "./model";

export const KEY = ["records", "receivables"];

/** Where the money of a contract or an order is told. */
export const pathOf = (object: string, id: Id) =>
  `/receivables/${object === "contract" ? "contracts" : "orders"}/${id}`;

export const paperMoney = (object: string, paper: RecordData) => ({
  queryKey: [...KEY, object, paper.id, paper.version],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<PaperMoney>(pathOf(object, paper.id), { signal }),
});
