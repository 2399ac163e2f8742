import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/generated";
import { api } from "@/api/http";

export type GuestList = components["schemas"]["GuestList"];
export type Guest = components["schemas"]["Guest"];
export type GuestChoice = components["schemas"]["GuestChoice"];

/** Who is asked to an event; asking and withdrawing mail the people concerned. */
export function useGuests(event: string) {
  const client = useQueryClient();
  const path = `/follow-ups/events/${event}/guests`;
  const queryKey = ["records", "guests", event];
  return {
    guests: useQuery({
      // Below the records: whoever changes the event has it asked anew.
      queryKey,
      queryFn: ({ signal }) => api.get<GuestList>(path, { signal }),
      staleTime: 30_000,
      retry: false,
    }),
    ask: useMutation({
      mutationFn: (to: GuestChoice[]) => api.post<GuestList>(path, { to }),
      onSuccess: (list) => client.setQueryData(queryKey, list),
    }),
    decide: useMutation({
      mutationFn: ({ guest, answer }: { guest: string; answer: "accepted" | "declined" }) =>
        api.post<GuestList>(`${path}/${guest}/proposal`, { answer }),
      // The event has moved: whatever is shown of it is asked for anew.
      onSuccess: () => client.invalidateQueries({ queryKey: ["records"] }),
    }),
    withdraw: useMutation({
      mutationFn: (guest: string) => api.delete(`${path}/${guest}`),
      onSuccess: () => client.invalidateQueries({ queryKey }),
    }),
  };
}
