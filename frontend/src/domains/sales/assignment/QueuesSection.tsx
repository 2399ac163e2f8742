import { App, Button, Dropdown } from "antd";
import { Ellipsis, Inbox, Plus } from "lucide-react";
import { useState } from "react";
import { Section } from "@/engine/settings/parts/Section";
import { EditorDrawer } from "@/engine/settings/rules/EditorDrawer";
import settings from "@/engine/settings/settings.module.css";
import { bothNames, useLabel } from "@/i18n";
import { Icon, useProblem } from "@/kit";
import styles from "./assignment.module.css";
import { useT } from "./messages";
import type { Queue, Setup } from "./model";
import { NameFields } from "./NameFields";
import { useSetupChanges } from "./queries";
import { TargetsEditor } from "./TargetsEditor";

/** Queues, and who may take from each. */
export function QueuesSection({ setup }: { setup: Setup }) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { modal } = App.useApp();
  const { removeQueue } = useSetupChanges();
  const [edited, setEdited] = useState<Queue | "new" | null>(null);
  const ask = (queue: Queue) =>
    modal.confirm({
      title: t("remove_ask", { name: label(queue.name) }),
      content: t("remove_queue_body"),
      okText: t("remove"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => removeQueue.mutateAsync(queue.id).catch((error) => say(error)),
    });
  return (
    <Section
      wide
      title={t("queues")}
      body={t("queues_body")}
      action={
        <Button icon={<Icon as={Plus} />} onClick={() => setEdited("new")}>
          {t("queue_new")}
        </Button>
      }
    >
      {setup.queues.length === 0 && <p className="gx-3 gx-s13">{t("queues_none")}</p>}
      {setup.queues.length > 0 && (
        <ul className={settings.list}>
          {setup.queues.map((queue) => (
            <li key={queue.id}>
              <Icon as={Inbox} size={16} />
              <div className={styles.body}>
                <div className={styles.title}>
                  <button type="button" className="gx-link gx-cut" onClick={() => setEdited(queue)}>
                    {label(queue.name)}
                  </button>
                </div>
                <div className="gx-2 gx-s12 gx-cut">
                  {queue.members.map((each) => setup.names[each.id] ?? t("gone")).join(t("list"))}
                </div>
              </div>
              <Dropdown
                trigger={["click"]}
                menu={{
                  items: [
                    { key: "edit", label: t("edit"), onClick: () => setEdited(queue) },
                    { key: "remove", label: t("remove"), danger: true, onClick: () => ask(queue) },
                  ],
                }}
              >
                <Button
                  type="text"
                  icon={<Icon as={Ellipsis} />}
                  aria-label={t("actions", { name: label(queue.name) })}
                />
              </Dropdown>
            </li>
          ))}
        </ul>
      )}
      {edited && <QueueDrawer queue={edited === "new" ? null : edited} setup={setup} onClose={() => setEdited(null)} />}
    </Section>
  );
}

function QueueDrawer({ queue, setup, onClose }: { queue: Queue | null; setup: Setup; onClose: () => void }) {
  const t = useT();
  const say = useProblem();
  const { message } = App.useApp();
  const { queue: save } = useSetupChanges();
  const [name, setName] = useState(queue?.name ?? { "zh-CN": "", en: "" });
  const [members, setMembers] = useState(queue?.members ?? []);
  const submit = () =>
    save.mutate(
      { queue, body: { name: bothNames(name), members } },
      {
        onSuccess: () => {
          void message.success(t("saved"));
          onClose();
        },
        onError: (error) => say(error),
      },
    );
  return (
    <EditorDrawer
      open
      title={t(queue ? "queue_edit" : "queue_new")}
      busy={save.isPending}
      ready={bothNames(name).en !== "" && members.length > 0}
      failing={0}
      onClose={onClose}
      onSave={submit}
    >
      <NameFields name={name} onChange={setName} />
      <section>
        <h3>{t("members")}</h3>
        <TargetsEditor targets={members} names={setup.names} onChange={setMembers} />
      </section>
    </EditorDrawer>
  );
}
