import { App, Button } from "antd";
import { useCallback } from "react";
import { kitMessages } from "@/kit";
import styles from "./records.module.css";

const SECONDS = 8;

/** Says what happened and offers to take it back. */
export function useUndoToast(): (text: string, undo?: () => void) => void {
  const { message } = App.useApp();
  const t = kitMessages.useT();
  return useCallback(
    (text, undo) => {
      const key = crypto.randomUUID();
      const take = () => {
        message.destroy(key);
        undo?.();
      };
      message.open({
        key,
        type: "success",
        duration: undo ? SECONDS : 3,
        content: (
          <span className={styles.toast}>
            {text}
            {undo && (
              <Button type="link" size="small" onClick={take}>
                {t("undo")}
              </Button>
            )}
          </span>
        ),
      });
    },
    [message, t],
  );
}
