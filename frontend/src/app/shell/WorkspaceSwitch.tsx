import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Dropdown } from "antd";
import { ChevronDown } from "lucide-react";
import { useNavigate } from "react-router";
import { api, useMe } from "@/api";
import { Icon, Seal, useProblem } from "@/kit";
import { appMessages } from "../locales";
import styles from "./Shell.module.css";

export function WorkspaceSwitch() {
  const t = appMessages.useT();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const say = useProblem();
  const change = useMutation({
    mutationFn: (workspace: string) => api.post("/me/workspace", { workspace }),
    onSuccess: async () => {
      // Nothing of one workspace may be seen in the other, not even for a moment.
      await navigate("/");
      await client.resetQueries();
    },
    onError: (error) => say(error),
  });
  const many = me.workspaces.length > 1;
  const face = (
    <>
      <Seal />
      <span className={[styles.workspaceName, "gx-cut"].join(" ")}>{me.workspace.name}</span>
    </>
  );
  if (!many) {
    return (
      <div className={styles.workspace} title={me.workspace.name}>
        {face}
      </div>
    );
  }
  return (
    <div className={styles.workspace}>
      <Dropdown
        trigger={["click"]}
        menu={{
          selectable: true,
          selectedKeys: [me.workspace.id],
          items: me.workspaces.map((workspace) => ({
            key: workspace.id,
            label: workspace.name,
            extra: t(`role.${workspace.role}`),
          })),
          onClick: ({ key }) => key !== me.workspace.id && change.mutate(key),
        }}
      >
        <button
          type="button"
          className={styles.workspaceButton}
          aria-label={t("workspace.current", { name: me.workspace.name })}
          title={t("workspace.switch")}
        >
          {face}
          <Icon as={ChevronDown} size={14} />
        </button>
      </Dropdown>
    </div>
  );
}
