import { Drawer } from "antd";
import { NotebookPen, ScanText } from "lucide-react";
import { useNavigate } from "react-router";
import { askForLog } from "@/engine/records/log-target";
import { useLabel } from "@/i18n";
import { Icon, objectIcon } from "@/kit";
import { appMessages } from "../locales";
import { useQuickCreate } from "./QuickCreate";
import styles from "./Shell.module.css";

/** What can be made, as a sheet from below: for the thumb. */
export function CreateSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = appMessages.useT();
  const label = useLabel();
  const { objects, create } = useQuickCreate();
  const navigate = useNavigate();
  const logs = objects.some((object) => object.key === "note");
  const scans = objects.some((object) => object.key === "contact");
  return (
    <Drawer open={open} onClose={onClose} placement="bottom" size="auto" title={t("create.title")}>
      <div className={styles.createSheet}>
        {objects.length === 0 && <p className="gx-3">{t("create.none")}</p>}
        {logs && (
          <button
            type="button"
            onClick={() => {
              onClose();
              askForLog(null);
            }}
          >
            <Icon as={NotebookPen} size={20} />
            {t("keys.log")}
          </button>
        )}
        {scans && (
          <button
            type="button"
            onClick={() => {
              onClose();
              navigate("/scan-card");
            }}
          >
            <Icon as={ScanText} size={20} />
            {t("customers.scan")}
          </button>
        )}
        {objects.map((object) => (
          <button
            key={object.key}
            type="button"
            onClick={() => {
              onClose();
              create(object.key);
            }}
          >
            <Icon as={objectIcon(object.icon, object.key)} size={20} />
            {label(object.label)}
          </button>
        ))}
      </div>
    </Drawer>
  );
}
