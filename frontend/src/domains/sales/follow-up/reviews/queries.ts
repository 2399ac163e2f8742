import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Id, keys, type RecordData, type Ref } from "@/api";
import { REVIEW, type Remark } from "../remarks/queries";

export interface PersonDid {
  person: Ref;
  calls: number;
  visits: number;
  notes: number;
  tasks_done: number;
}

export interface Reviewed {
  object: string;
  id: Id;
  title: string;
  body: string | null;
  at: string;
  owner: Ref | null;
  method: string | null;
  outcome: string | null;
  about: { object: string; id: Id; title: string } | null;
  customer: string | null;
  photos: string[];
  distance: number | null;
  remarks: Remark[];
}

interface Review {
  people: PersonDid[];
  data: Reviewed[];
  next: string | null;
}

export const useReview = (from: string, to: string, person: Id | null) =>
  useInfiniteQuery({
    queryKey: [...REVIEW, from, to, person],
    queryFn: ({ pageParam, signal }) =>
      api.get<Review>("/follow-ups/review", { query: { from, to, person, before: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export function useWriteReport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { kind: "daily" | "weekly"; day: string }) => api.post<RecordData>("/follow-ups/reports", body),
    onSuccess: (report) => {
      client.setQueryData(keys.record(report.object, report.id), report);
      void client.invalidateQueries({ queryKey: keys.records(report.object) });
    },
  });
}
