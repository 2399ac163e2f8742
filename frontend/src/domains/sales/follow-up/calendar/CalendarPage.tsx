import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Input, Popconfirm, Skeleton, Space } from "antd";
import { CalendarSync } from "lucide-react";
import { useState } from "react";
import { api } from "@/api";
import { CopyButton } from "@/engine/settings/parts/CopyButton";
import { Section } from "@/engine/settings/parts/Section";
import styles from "@/engine/settings/settings.module.css";
import { Empty, Icon, useFormat, usePageTitle, useProblem } from "@/kit";
import { useT } from "./messages";

interface Feed {
  active: boolean;
  created_at: string | null;
  last_used_at: string | null;
  url: string | null;
}

const KEY = ["calendar-feed"] as const;

/** One's own calendar elsewhere: an address to make, to renew, to end. */
export function CalendarPage() {
  const t = useT();
  const say = useProblem();
  const format = useFormat();
  const client = useQueryClient();
  const [url, setUrl] = useState<string | null>(null);
  usePageTitle(t("title"));
  const feed = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.get<Feed>("/follow-ups/calendar", { signal }) });
  const onSettled = () => client.invalidateQueries({ queryKey: KEY });
  const create = useMutation({
    mutationFn: () => api.post<Feed>("/follow-ups/calendar"),
    onSuccess: (made) => setUrl(made.url),
    onError: (error) => say(error),
    onSettled,
  });
  const end = useMutation({
    mutationFn: () => api.delete("/follow-ups/calendar"),
    onSuccess: () => setUrl(null),
    onError: (error) => say(error),
    onSettled,
  });
  return (
    <Section title={t("title")} body={t("body")}>
      {feed.isPending && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {feed.data && !feed.data.active && (
        <Empty
          icon={CalendarSync}
          title={t("off")}
          actions={
            <Button type="primary" loading={create.isPending} onClick={() => create.mutate()}>
              {t("create")}
            </Button>
          }
        >
          {t("off_body")}
        </Empty>
      )}
      {url && (
        <Alert
          type="success"
          title={t("once")}
          description={
            <Space.Compact block>
              <Input readOnly value={url} aria-label={t("address")} onFocus={(event) => event.target.select()} />
              <CopyButton text={url}>{t("copy")}</CopyButton>
            </Space.Compact>
          }
        />
      )}
      {feed.data?.active && (
        <ul className={styles.list} style={{ marginTop: 12 }}>
          <li>
            <Icon as={CalendarSync} size={20} className="gx-3" />
            <div className={styles.grow}>
              <div>
                <b>{t("on", { when: format.relative(feed.data.created_at) })}</b>
              </div>
              <span className="gx-3 gx-s12">
                {feed.data.last_used_at ? t("used", { when: format.relative(feed.data.last_used_at) }) : t("unused")}
              </span>
            </div>
            <Popconfirm title={t("renew_ask")} onConfirm={() => create.mutate()}>
              <Button size="small">{t("renew")}</Button>
            </Popconfirm>
            <Popconfirm title={t("end_ask")} onConfirm={() => end.mutate()}>
              <Button size="small" danger>
                {t("end")}
              </Button>
            </Popconfirm>
          </li>
        </ul>
      )}
    </Section>
  );
}
