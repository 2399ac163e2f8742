import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { Offer, OfferLink, Strokes } from "./model";

export interface Answer {
  answer: "accepted" | "declined";
  name: string;
  comment?: string;
  signature?: Strokes;
}

export function useOffer(token: string, locale: string) {
  const client = useQueryClient();
  const path = `/public/offers/${encodeURIComponent(token)}`;
  const page = useQuery({
    queryKey: ["public", "offers", token, locale],
    queryFn: ({ signal }) => api.get<Offer>(path, { query: { locale }, signal }),
    retry: false,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const answer = useMutation({
    mutationFn: (body: Answer) => api.post<Offer>(path, body, { query: { locale } }),
    onSuccess: (found) => client.setQueryData(["public", "offers", token, locale], found),
  });
  return { page, answer };
}

export function useOfferLinks(quote: string) {
  const client = useQueryClient();
  const path = `/papers/quote/${quote}/links`;
  const key = ["papers", "links", quote];
  const onSuccess = () => client.invalidateQueries({ queryKey: key });
  return {
    links: useQuery({
      queryKey: key,
      queryFn: async ({ signal }) => (await api.get<{ data: OfferLink[] }>(path, { signal })).data,
    }),
    create: useMutation({ mutationFn: () => api.post<OfferLink>(path, {}), onSuccess }),
    end: useMutation({ mutationFn: (id: string) => api.delete(`${path}/${id}`), onSuccess }),
  };
}
