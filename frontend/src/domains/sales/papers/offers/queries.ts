import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { MailDraft, Offer, OfferLink, Strokes } from "./model";

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

/** The proposed mail of a quote in a language, and sending what became of it. */
export function useOfferMail(quote: string, locale: string) {
  const client = useQueryClient();
  const path = `/papers/quote/${quote}/mail`;
  return {
    draft: useQuery({
      queryKey: ["papers", "mail", quote, locale],
      queryFn: ({ signal }) => api.get<MailDraft>(path, { query: { locale }, signal }),
      refetchOnWindowFocus: false,
      gcTime: 0,
    }),
    send: useMutation({
      mutationFn: (body: { to: string[]; subject: string; body: string }) => api.post<OfferLink>(path, body),
      onSuccess: () => client.invalidateQueries({ queryKey: ["papers", "links", quote] }),
    }),
  };
}
