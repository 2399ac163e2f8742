import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, keys, type SearchHit } from "@/api";

const TYPING_PAUSE = 120;
const LIMIT = 12;

/** Records while one types: asked after a short pause, the last answer stays until the next one is there. */
export function useRecordSearch(typed: string) {
  const [q, setQ] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  const wanted = typed.trim();
  const result = useQuery({
    queryKey: keys.search(q),
    queryFn: ({ signal }) => api.get<{ data: SearchHit[] }>("/search", { query: { q, limit: LIMIT }, signal }),
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const hits = wanted && q ? (result.data?.data ?? []) : [];
  return { hits, pending: wanted !== q || (q.length > 0 && result.isFetching) };
}
