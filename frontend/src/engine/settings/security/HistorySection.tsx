import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { CircleAlert, LogIn } from "lucide-react";
import { api } from "@/api";
import { Chip, Icon, useFormat } from "@/kit";
import { entryMessages } from "../entry/messages";
import type { SignIn } from "../entry/model";
import { Section } from "../parts/Section";
import styles from "../settings.module.css";
import { deviceName } from "./device-name";

/** Who signed in as me lately, and who tried. */
export function HistorySection() {
  const t = entryMessages.useT();
  const format = useFormat();
  const history = useQuery({
    queryKey: ["sign-ins"],
    queryFn: ({ signal }) => api.get<{ data: SignIn[] }>("/me/sign-ins", { signal }),
  });
  const rows = history.data?.data ?? [];
  return (
    <Section title={t("history")} body={t("historyBody")}>
      {history.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {history.data && rows.length === 0 && <p className="gx-3">{t("historyNone")}</p>}
      {rows.length > 0 && (
        <ul className={styles.list} style={{ maxHeight: 420, overflowY: "auto" }}>
          {rows.map((row) => (
            <li key={row.id}>
              <Icon as={row.outcome === "in" ? LogIn : CircleAlert} size={20} className="gx-3" />
              <div className={styles.grow}>
                <div>
                  <b title={row.agent}>{deviceName(row.agent)}</b>
                  {row.is_this_device && <Chip tone="ok">{t("thisDevice")}</Chip>}
                  {row.outcome !== "in" && <Chip tone="warn">{t(row.outcome)}</Chip>}
                </div>
                <span className="gx-3 gx-s12">
                  {row.ip} · {format.dateTime(row.at)}
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
