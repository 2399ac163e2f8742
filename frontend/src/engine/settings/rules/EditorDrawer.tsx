import { App, Button, Drawer } from "antd";
import type { ReactNode } from "react";
import { useIsPhone } from "@/kit";
import { rulesMessages } from "./messages";
import styles from "./rules.module.css";

interface Props {
  title: string;
  open: boolean;
  busy: boolean;
  ready: boolean;
  /** How many stored records would fail: asked about before it is saved. */
  failing: number;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** The frame of both editors: who would be hurt is asked about before saving. */
export function EditorDrawer({ title, open, busy, ready, failing, onSave, onClose, children }: Props) {
  const t = rulesMessages.useT();
  const phone = useIsPhone();
  const { modal } = App.useApp();
  const save = () => {
    if (failing === 0) return onSave();
    modal.confirm({
      title: t("ask_failing", { n: failing }),
      content: t("preview_later"),
      okText: t("save_anyway"),
      onOk: onSave,
    });
  };
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={title}
      size={phone ? "100%" : 680}
      destroyOnHidden
      footer={
        <div className={styles.footer}>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="primary" onClick={save} loading={busy} disabled={!ready}>
            {t("save")}
          </Button>
        </div>
      }
    >
      <div className={styles.editor}>{children}</div>
    </Drawer>
  );
}
