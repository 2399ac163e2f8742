import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { api } from "@/api";
import { entryMessages } from "../entry/messages";
import type { Entry } from "../entry/model";

export function useEntry() {
  return useQuery({ queryKey: ["me", "entry"], queryFn: ({ signal }) => api.get<Entry>("/me/entry", { signal }) });
}

/** Why nothing of the account can be changed in a session that the firm's provider opened. */
export function BoundNotice() {
  const t = entryMessages.useT();
  return (
    <Alert
      type="info"
      showIcon
      title={t("bound")}
      description={t("boundBody")}
      style={{ margin: "20px 0", maxWidth: 720 }}
    />
  );
}
