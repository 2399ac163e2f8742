import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { Choice } from "./model";

/** Shapes of what must stay: legal holds, what law requires to be kept, and records of sharing. */
export interface Hold {
  id: string;
  object: string;
  record_id: string;
  title: string | null;
  reason: string;
  until: string | null;
  created_at: string;
  by: { id: string; name: string } | null;
}

export interface KeepRule {
  object: string;
  years: number;
  ground: string;
}

export interface SharingBody {
  recipient: string;
  contact: string;
  mode: string;
  purpose_id: string | null;
  data: string;
  basis: string;
  shared_on: string;
  ended_on: string | null;
  note: string;
}

export interface Sharing extends SharingBody {
  id: string;
  keep_until: string;
  version: number;
}

export const useHolds = () =>
  useQuery({
    queryKey: ["privacy", "holds"],
    queryFn: async ({ signal }) => (await api.get<{ data: Hold[] }>("/privacy/holds", { signal })).data,
  });

export const useKeepRules = () =>
  useQuery({
    queryKey: ["privacy", "keep-rules"],
    queryFn: async ({ signal }) => (await api.get<{ data: KeepRule[] }>("/privacy/keep-rules", { signal })).data,
  });

export const useSharing = () =>
  useQuery({
    queryKey: ["privacy", "sharing"],
    queryFn: ({ signal }) => api.get<{ data: Sharing[]; modes: Choice[] }>("/privacy/sharing", { signal }),
  });
