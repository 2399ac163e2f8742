import { Button, Modal } from "antd";
import type { Member } from "@/api";
import { kitMessages } from "@/kit";
import { settingsMessages } from "../locales";
import { CopyButton } from "../parts/CopyButton";
import styles from "../settings.module.css";

export type Invited = Member & { invite_url: string };

interface Props {
  member: Invited;
  onAgain?: () => void;
  onClose: () => void;
}

/** The link that lets somebody in: shown after inviting, to be handed over by whatever way people talk. */
export function InviteLink({ member, onAgain, onClose }: Props) {
  const t = settingsMessages.useT();
  const kit = kitMessages.useT();
  const url = new URL(member.invite_url, location.origin).href;
  const footer = onAgain ? (
    <Button onClick={onAgain}>{t("members.again")}</Button>
  ) : (
    <Button onClick={onClose}>{kit("close")}</Button>
  );
  return (
    <Modal open title={t("members.inviteDone")} onCancel={onClose} footer={footer} width={520}>
      <p>{t("members.inviteDoneBody", { name: member.name })}</p>
      <div className={styles.once}>
        <code>{url}</code>
        <CopyButton text={url}>{t("members.copyLink")}</CopyButton>
      </div>
    </Modal>
  );
}
