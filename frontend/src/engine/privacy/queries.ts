import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { RecordData } from "@/api/types";
import type { ConsentLink, Panel, PublicConsents, PublicNotice } from "./model";

const pathOf = (record: RecordData) => `/${record.object}/${record.id}`;
const keyOf = (record: RecordData) => ["consents", record.object, record.id] as const;

export function usePanel(record: RecordData) {
  return useQuery({
    queryKey: keyOf(record),
    queryFn: ({ signal }) => api.get<Panel>(`${pathOf(record)}/consents`, { signal }),
    staleTime: 30_000,
  });
}

export function useRecordConsents(record: RecordData) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => api.post<Panel>(`${pathOf(record)}/consents`, body),
    onSuccess: (panel) => {
      client.setQueryData(keyOf(record), panel);
      void client.invalidateQueries({ queryKey: ["privacy"] });
    },
  });
}

export function useLinks(record: RecordData) {
  return useQuery({
    queryKey: [...keyOf(record), "links"],
    queryFn: async ({ signal }) =>
      (await api.get<{ data: ConsentLink[] }>(`${pathOf(record)}/consent-links`, { signal })).data,
  });
}

export function useLinkChanges(record: RecordData) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: [...keyOf(record), "links"] });
  const make = useMutation({
    mutationFn: () => api.post<ConsentLink>(`${pathOf(record)}/consent-links`, {}),
    onSuccess,
  });
  const end = useMutation({
    mutationFn: (id: string) => api.delete(`${pathOf(record)}/consent-links/${id}`),
    onSuccess,
  });
  return { make, end };
}

export function usePublicNotice(token: string) {
  return useQuery({
    queryKey: ["public", "notice", token],
    queryFn: ({ signal }) => api.get<PublicNotice>(`/public/notices/${encodeURIComponent(token)}`, { signal }),
    retry: false,
  });
}

export function usePublicConsents(token: string) {
  const client = useQueryClient();
  const key = ["public", "consents", token];
  const path = `/public/consents/${encodeURIComponent(token)}`;
  const page = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<PublicConsents>(path, { signal }),
    retry: false,
  });
  const withdraw = useMutation({
    mutationFn: (body: object) => api.post<PublicConsents>(path, body),
    onSuccess: (found) => client.setQueryData(key, found),
  });
  return { page, withdraw };
}
