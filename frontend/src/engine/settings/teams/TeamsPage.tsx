import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Skeleton } from "antd";
import { Ellipsis, Network, Plus } from "lucide-react";
import { useState } from "react";
import { api, keys, type Team } from "@/api";
import { Avatar, Empty, Icon, usePageTitle, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { Section } from "../parts/Section";
import { type TeamNode, teamTree, useTeams } from "../people-queries";
import styles from "../settings.module.css";
import { useSettingsText } from "../useSettingsText";
import { TeamDialog } from "./TeamDialog";

type Editing = { team?: Team; parent?: string } | null;

export function TeamsPage() {
  const t = settingsMessages.useT();
  const sections = useSettingsText();
  const teams = useTeams();
  const [editing, setEditing] = useState<Editing>(null);
  usePageTitle(sections("sections.teams"));
  const add = (
    <Button type="primary" icon={<Icon as={Plus} />} onClick={() => setEditing({})}>
      {t("teams.add")}
    </Button>
  );
  return (
    <Section title={sections("sections.teams")} body={t("teams.body")} action={teams.data?.length ? add : null}>
      {teams.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {teams.data?.length === 0 && (
        <Empty icon={Network} title={t("teams.empty")} actions={add}>
          {t("teams.emptyHint")}
        </Empty>
      )}
      {teams.data && teams.data.length > 0 && (
        <div className={styles.tree}>
          <Branch nodes={teamTree(teams.data)} onEdit={setEditing} />
        </div>
      )}
      {editing && (
        <TeamDialog
          team={editing.team}
          parent={editing.parent}
          teams={teams.data ?? []}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  );
}

function Branch({ nodes, onEdit }: { nodes: TeamNode[]; onEdit: (editing: Editing) => void }) {
  return (
    <ul>
      {nodes.map((node) => (
        <li key={node.id}>
          <Node node={node} onEdit={onEdit} />
          {node.children.length > 0 && <Branch nodes={node.children} onEdit={onEdit} />}
        </li>
      ))}
    </ul>
  );
}

function Node({ node, onEdit }: { node: TeamNode; onEdit: (editing: Editing) => void }) {
  const t = settingsMessages.useT();
  const client = useQueryClient();
  const { modal } = App.useApp();
  const say = useProblem();
  const remove = useMutation({
    mutationFn: () => api.delete(`/teams/${node.id}`),
    onError: (error) => say(error),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.teams }),
        client.invalidateQueries({ queryKey: keys.members() }),
      ]),
  });
  const act: Record<string, () => void> = {
    add: () => onEdit({ parent: node.id }),
    edit: () => onEdit({ team: node }),
    delete: () =>
      void modal.confirm({
        title: t("teams.delete"),
        content: t("teams.deleteAsk", { name: node.name }),
        okText: t("teams.delete"),
        okButtonProps: { danger: true, type: "default" },
        onOk: () => remove.mutate(),
      }),
  };
  return (
    <div className={styles.node}>
      <span className={styles.grow}>
        <b>{node.name}</b>
        <span className="gx-3 gx-s12">{t("teams.members", { count: node.member_count })}</span>
      </span>
      {node.manager && (
        <span className={styles.swatch}>
          <Avatar id={node.manager.id} name={node.manager.name} /> {node.manager.name}
        </span>
      )}
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "add", label: t("teams.addUnder") },
            { key: "edit", label: t("teams.edit") },
            { key: "delete", label: t("teams.delete"), danger: true },
          ],
          onClick: ({ key }) => act[key]?.(),
        }}
      >
        <Button type="text" icon={<Icon as={Ellipsis} />} aria-label={t("teams.actions", { name: node.name })} />
      </Dropdown>
    </div>
  );
}
