import { Dropdown } from "antd";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useLocation } from "react-router";
import { useLabel } from "@/i18n";
import { Icon, Kbd, objectIcon, useHotkey } from "@/kit";
import { appMessages } from "../locales";
import { useQuickCreate } from "./QuickCreate";
import styles from "./Shell.module.css";

/** `c`: on an object's page that object comes first, so `c` `Enter` makes one. */
export function CreateButton() {
  const t = appMessages.useT();
  const label = useLabel();
  const { objects, create } = useQuickCreate();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  useHotkey("c", () => setOpen(true), objects.length > 0);
  if (objects.length === 0) return null;

  const here = /^\/o\/([^/]+)/.exec(pathname)?.[1];
  const ordered = [...objects].sort((a, b) => Number(b.key === here) - Number(a.key === here));
  return (
    <Dropdown
      open={open}
      onOpenChange={setOpen}
      trigger={["click"]}
      autoFocus
      placement="bottomRight"
      // It is there at once: entries that still grow are not yet where one aims.
      transitionName=""
      menu={{
        items: ordered.map((object) => ({
          key: object.key,
          icon: <Icon as={objectIcon(object.icon, object.key)} />,
          label: label(object.label),
        })),
        onClick: ({ key }) => {
          setOpen(false);
          create(key);
        },
      }}
    >
      <button type="button" className={styles.createButton} aria-haspopup="menu" aria-expanded={open}>
        <Icon as={Plus} size={14} />
        {t("create.button")}
        <Kbd>C</Kbd>
      </button>
    </Dropdown>
  );
}
