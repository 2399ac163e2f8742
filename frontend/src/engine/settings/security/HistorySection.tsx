import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { api } from "@/api";
import { entryMessages } from "../entry/messages";
import type { SignIn } from "../entry/model";
import { Section } from "../parts/Section";
import { SignInList } from "./SignInList";

/** Who signed in as me lately, and who tried. */
export function HistorySection() {
  const t = entryMessages.useT();
  const history = useQuery({
    queryKey: ["sign-ins"],
    queryFn: ({ signal }) => api.get<{ data: SignIn[] }>("/me/sign-ins", { signal }),
  });
  const rows = history.data?.data ?? [];
  return (
    <Section title={t("history")} body={t("historyBody")}>
      {history.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {history.data && rows.length === 0 && <p className="gx-3">{t("historyNone")}</p>}
      <SignInList rows={rows} mine />
    </Section>
  );
}
