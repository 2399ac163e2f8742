import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { api, type Id } from "@/api";
import { useProblem } from "@/kit";
import { useT } from "./messages";

/** Asks, and begins to look as somebody else or with a role; everything on screen is loaded anew. */
export function useViewAs() {
  const t = useT();
  const say = useProblem();
  const client = useQueryClient();
  const { modal } = App.useApp();
  return (as: { user: Id } | { roles: string[] }, name: string) => {
    const role = "roles" in as;
    modal.confirm({
      title: t(role ? "ask_role" : "ask", { name }),
      content: t(role ? "ask_role_body" : "ask_body", { name }),
      okText: t("ok"),
      cancelText: t("cancel"),
      width: 460,
      onOk: () =>
        api.post("/view-as", as).then(
          () => {
            client.clear();
            location.assign("/");
          },
          (error) => say(error),
        ),
    });
  };
}
