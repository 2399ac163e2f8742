import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api";
import { type Tone, useProblem } from "@/kit";

/** The shapes of requests of persons, as the API gives them. */
export type Status = "open" | "working" | "failed" | "done" | "refused" | "withdrawn";
export const TONES: Record<Status, Tone> = {
  open: "info",
  working: "info",
  failed: "warn",
  done: "ok",
  refused: "mute",
  withdrawn: "mute",
};
export type EventKind =
  | "created"
  | "changed"
  | "verified"
  | "extended"
  | "refused"
  | "withdrawn"
  | "answered"
  | "objected"
  | "erasing"
  | "erased"
  | "failed"
  | "copying"
  | "copied"
  | "linked"
  | "fetched";
export type Check = "id_card" | "code" | "callback" | "known" | "other";
export type Channel = "email" | "phone" | "letter" | "person" | "form" | "chat" | "other";
type Label = { "zh-CN": string; en: string };

export interface RequestRow {
  id: string;
  number: number;
  kind: string;
  label: Label;
  law: "pipl" | "gdpr";
  article: string;
  name: string;
  received_at: string;
  due_at: string;
  overdue: boolean;
  status: Status;
  is_erased: boolean;
  verified: boolean;
  version: number;
  assignee: { id: string; name: string } | null;
  error: string | null;
}

export interface Found {
  object: string;
  id: string;
  title: string;
  deleted?: boolean;
  held?: boolean;
  why?: string[];
}

export interface SubjectRequest extends RequestRow {
  details: string;
  reach: string;
  records: Found[];
  marks: string[];
  known_marks: string[];
  identity: { how: Check; note: string; at: string; by_name: string } | null;
  refusal: { ground: string; text: string } | null;
  answer: { text: string } | null;
  /** Why the deadline was put off; empty where it was not. */
  extended: string;
  /** The last moment to which it may be put off. */
  latest: string;
  certificate: { number: string; made_at: string; hash: string; body: { counts: Record<string, number> } } | null;
  copies: { id: string; status: string; counts: { records?: number; files?: number } }[];
  events: { id: string; at: string; kind: EventKind; actor: { name: string } | null }[];
}

export interface About {
  kinds: { key: string; label: Label; pipl: string; gdpr: string; checked: boolean }[];
  channels: Channel[];
  checks: Check[];
  grounds: { key: string; label: Label }[];
  people: { id: string; name: string }[];
}

export interface Preview {
  parts: { object: string; fate: "own" | "erase" | "keep" | "unlink"; count: number; records: Found[] }[];
  mentions: { object: string; count: number; records: Found[] }[];
  files: number;
  held: Found[];
}

const PATH = "/privacy/requests";

export const useAbout = () =>
  useQuery({ queryKey: ["requests", "about"], queryFn: ({ signal }) => api.get<About>(`${PATH}/about`, { signal }) });

export const useRequests = (state: "open" | "closed") =>
  useQuery({
    queryKey: ["requests", "list", state],
    queryFn: ({ signal }) => api.get<{ data: RequestRow[] }>(PATH, { query: { state }, signal }),
  });

export const useRequest = (id: string) =>
  useQuery({
    queryKey: ["requests", id],
    queryFn: ({ signal }) => api.get<SubjectRequest>(`${PATH}/${id}`, { signal }),
    refetchInterval: (query) =>
      query.state.data?.status === "working" || query.state.data?.copies[0]?.status === "queued" ? 1500 : false,
  });

/** One step of a request, at the version on the screen. */
export function useStep(request: SubjectRequest) {
  const client = useQueryClient();
  const say = useProblem();
  return useMutation({
    mutationFn: ({ verb, body }: { verb: string; body?: object }) => {
      const given = { ...body, version: request.version };
      return verb === "change"
        ? api.patch<SubjectRequest>(`${PATH}/${request.id}`, given)
        : api.post<SubjectRequest>(`${PATH}/${request.id}/${verb}`, given);
    },
    onSuccess: (saved) => {
      client.setQueryData(["requests", request.id], saved);
      void client.invalidateQueries({ queryKey: ["requests", "list"] });
    },
    onError: (error) => say(error),
  });
}

export const findRecords = (id: string, texts: string[]) =>
  api.post<{ data: Found[] }>(`${PATH}/${id}/find`, { texts });
export const previewOf = (id: string) => api.post<Preview>(`${PATH}/${id}/preview`, {});
export const linkOf = (request: SubjectRequest) =>
  api.post<{ url: string; expires_at: string }>(`${PATH}/${request.id}/link`, { version: request.version });
export const create = (body: object) => api.post<SubjectRequest>(PATH, body);
export const certificateUrl = (id: string) => `/api/v1${PATH}/${id}/certificate`;
