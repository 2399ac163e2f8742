import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Modal, Segmented, Skeleton } from "antd";
import { Inbox } from "lucide-react";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "@/api/http";
import type { LinkRef, Page, Ref } from "@/api/types";
import { useObject } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Chip, Empty, RelativeTime, type Tone, useProblem } from "@/kit";
import { recordPath } from "../records/paths";
import styles from "./duplicates.module.css";
import { duplicatesMessages } from "./messages";

type State = "open" | "approved" | "declined" | "withdrawn";
type Box = "received" | "sent";

interface RecordRequest {
  id: string;
  object: string;
  record: LinkRef | null;
  requester: Ref | null;
  message: string;
  state: State;
  answer: string;
  decided_by: Ref | null;
  created_at: string;
}

const TONES: Record<State, Tone> = { open: "info", approved: "ok", declined: "mute", withdrawn: "mute" };

/** Requests one was sent and has sent. */
export function RequestsTab() {
  const t = duplicatesMessages.useT();
  const [search] = useSearchParams();
  const [box, setBox] = useState<Box>(search.get("box") === "sent" ? "sent" : "received");
  const list = useInfiniteQuery({
    queryKey: ["record-requests", box],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<RecordRequest>>("/duplicates/requests", { query: { box, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.next,
  });
  const rows = list.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <Segmented<Box>
        value={box}
        onChange={setBox}
        options={(["received", "sent"] as const).map((value) => ({ value, label: t(value) }))}
        style={{ marginBottom: 12 }}
      />
      {list.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {list.isSuccess && rows.length === 0 && <Empty icon={Inbox} title={t("requests_none")} />}
      <ul className={styles.requests}>
        {rows.map((row) => (
          <RequestRow key={row.id} row={row} box={box} marked={row.id === search.get("request")} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button type="text" block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          …
        </Button>
      )}
    </>
  );
}

function RequestRow({ row, box, marked }: { row: RecordRequest; box: Box; marked: boolean }) {
  const t = duplicatesMessages.useT();
  const label = useLabel();
  const client = useQueryClient();
  const say = useProblem();
  const { modal } = App.useApp();
  const object = useObject(row.object);
  const [declining, setDeclining] = useState(false);
  const act = useMutation({
    mutationFn: ({ verb, answer }: { verb: "approve" | "decline" | "withdraw"; answer?: string }) =>
      verb === "withdraw"
        ? api.delete(`/duplicates/requests/${row.id}`)
        : api.post(`/duplicates/requests/${row.id}/${verb}`, { answer }),
    onError: (error) => say(error),
    onSettled: () => client.invalidateQueries({ queryKey: ["record-requests"] }),
  });
  const title = row.record?.title ?? t("someone", { name: object ? label(object.label) : "" });
  const approve = () =>
    modal.confirm({
      title: t("approve_ask", { title, name: row.requester?.name ?? "" }),
      okText: t("approve"),
      onOk: () => act.mutate({ verb: "approve" }),
    });
  return (
    <li className={styles.request} data-marked={marked}>
      <div className={styles.words}>
        <span className={styles.facts}>
          {box === "received" && <b>{t("asks", { name: row.requester?.name ?? "" })}</b>}
          <Chip tone={TONES[row.state]}>{t(`state.${row.state}`)}</Chip>
          <RelativeTime value={row.created_at} className="gx-3" />
        </span>
        {row.record ? (
          <Link className="gx-link" to={recordPath(row.object, row.record.id)}>
            {title}
          </Link>
        ) : (
          <span>{title}</span>
        )}
        {row.message && <p className="gx-2">{row.message}</p>}
        {row.answer && (
          <p className="gx-2">
            {t("answered", { name: row.decided_by?.name ?? "" })}
            {row.answer}
          </p>
        )}
      </div>
      {row.state === "open" && box === "received" && row.record && (
        <div className={styles.buttons}>
          <Button onClick={() => setDeclining(true)}>{t("decline")}</Button>
          <Button type="primary" loading={act.isPending} onClick={approve}>
            {t("approve")}
          </Button>
        </div>
      )}
      {row.state === "open" && box === "sent" && (
        <Button onClick={() => act.mutate({ verb: "withdraw" })}>{t("withdraw")}</Button>
      )}
      {declining && (
        <DeclineDialog
          onClose={() => setDeclining(false)}
          onDone={(answer) => {
            act.mutate({ verb: "decline", answer });
            setDeclining(false);
          }}
        />
      )}
    </li>
  );
}

function DeclineDialog({ onDone, onClose }: { onDone: (answer: string) => void; onClose: () => void }) {
  const t = duplicatesMessages.useT();
  const [answer, setAnswer] = useState("");
  return (
    <Modal
      open
      title={t("decline_title")}
      okText={t("decline")}
      onOk={() => onDone(answer)}
      onCancel={onClose}
      width={420}
    >
      <Input.TextArea
        autoFocus
        value={answer}
        maxLength={500}
        onChange={(event) => setAnswer(event.target.value)}
        placeholder={t("decline_placeholder")}
        aria-label={t("decline_title")}
        autoSize={{ minRows: 2, maxRows: 6 }}
      />
    </Modal>
  );
}
