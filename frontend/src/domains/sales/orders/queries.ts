import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { OrderLink, OrderPage, StandingLine } from "./model";

/** How the lines of an order stand at this moment. */
export function useStanding(order: string) {
  return useQuery({
    queryKey: ["orders", "standing", order],
    queryFn: async ({ signal }) =>
      (await api.get<{ data: StandingLine[] }>(`/orders/${order}/standing`, { signal })).data,
    staleTime: 0,
    gcTime: 0,
  });
}

export function useOrderLinks(order: string) {
  const client = useQueryClient();
  const path = `/orders/${order}/links`;
  const key = ["orders", "links", order];
  const onSuccess = () => client.invalidateQueries({ queryKey: key });
  return {
    links: useQuery({
      queryKey: key,
      queryFn: async ({ signal }) => (await api.get<{ data: OrderLink[] }>(path, { signal })).data,
    }),
    create: useMutation({ mutationFn: (days: number) => api.post<OrderLink>(path, { days }), onSuccess }),
    end: useMutation({ mutationFn: (id: string) => api.delete(`${path}/${id}`), onSuccess }),
  };
}

export function useOrderPage(token: string, locale: string) {
  return useQuery({
    queryKey: ["public", "orders", token, locale],
    queryFn: ({ signal }) =>
      api.get<OrderPage>(`/public/orders/${encodeURIComponent(token)}`, { query: { locale }, signal }),
    retry: false,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
