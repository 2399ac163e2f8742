import { Modal } from "antd";
import { Fragment } from "react";
import { Kbd } from "@/kit";
import { appMessages } from "../locales";
import styles from "./Shell.module.css";

const SHEET = [
  {
    title: "keys.everywhere",
    rows: [
      ["keys.palette", ["mod+K"]],
      ["keys.search", ["/"]],
      ["keys.create", ["C"]],
      ["keys.log", ["L"]],
      ["keys.home", ["H"]],
      ["keys.rail", ["["]],
      ["keys.help", ["?"]],
      ["keys.close", ["Esc"]],
    ],
  },
  {
    title: "keys.lists",
    rows: [
      ["keys.find", ["F"]],
      ["keys.nextPrevious", ["J", "K"]],
      ["keys.preview", ["Space"]],
      ["keys.open", ["enter"]],
      ["keys.edit", ["E"]],
      ["keys.select", ["X"]],
    ],
  },
  { title: "keys.record", rows: [["keys.save", ["mod+enter"]]] },
] as const;

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = appMessages.useT();
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t("keys.title")} width={440}>
      {SHEET.map((part) => (
        <section key={part.title}>
          <h3 className={styles.keysTitle}>{t(part.title)}</h3>
          <dl className={styles.keys}>
            {part.rows.map(([what, keys]) => (
              <Fragment key={what}>
                <dt>{t(what)}</dt>
                <dd>
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
