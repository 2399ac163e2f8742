import { Popover } from "antd";
import { useState } from "react";
import { useMe } from "@/api";
import { Avatar, lazyPart } from "@/kit";
import { appMessages } from "../locales";
import styles from "./Shell.module.css";

export const PersonPanel = lazyPart(async () => (await import("./PersonPanel")).PersonPanel);

export function PersonMenu() {
  const t = appMessages.useT();
  const me = useMe();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      styles={{ container: { padding: 0 } }}
      content={<PersonPanel onDone={() => setOpen(false)} />}
    >
      <button
        type="button"
        className={styles.personButton}
        aria-label={t("person.menu", { name: me.user.name })}
        aria-expanded={open}
      >
        <Avatar id={me.user.id} name={me.user.name} size="lg" />
      </button>
    </Popover>
  );
}
