/**
 * Records on screen stand in several cached answers at once: lists, boards, the open page. These change all of them.
 */
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { keys } from "@/api/keys";
import type { Page, RecordData } from "@/api/types";

type Pages = InfiniteData<Page<RecordData>, unknown>;

const isPages = (data: unknown): data is Pages =>
  typeof data === "object" && data !== null && Array.isArray((data as Pages).pages);

function mapPages(data: unknown, change: (records: RecordData[]) => RecordData[]): unknown {
  if (!isPages(data)) return data;
  return { ...data, pages: data.pages.map((page) => ({ ...page, data: change(page.data) })) };
}

/** Applies a change to one record wherever it is shown. */
export function patchRecord(
  client: QueryClient,
  object: string,
  id: string,
  change: (record: RecordData) => RecordData,
): void {
  client.setQueriesData({ queryKey: [...keys.records(object), "list"] }, (data: unknown) =>
    mapPages(data, (records) => records.map((record) => (record.id === id ? change(record) : record))),
  );
  client.setQueryData<RecordData>(keys.record(object, id), (record) => record && change(record));
}

/** Takes records out of every list; they come back with the next answer if the server kept them. */
export function dropRecords(client: QueryClient, object: string, ids: ReadonlySet<string>): void {
  client.setQueriesData({ queryKey: [...keys.records(object), "list"] }, (data: unknown) =>
    mapPages(data, (records) => records.filter((record) => !ids.has(record.id))),
  );
}
