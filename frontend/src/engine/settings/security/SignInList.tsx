import { CircleAlert, LogIn } from "lucide-react";
import { Chip, Icon, useFormat } from "@/kit";
import { entryMessages } from "../entry/messages";
import type { SignIn } from "../entry/model";
import styles from "../settings.module.css";
import { deviceName } from "./device-name";

/** Sign-ins and failed attempts, newest first; `mine` marks the device one sits at. */
export function SignInList({ rows, mine }: { rows: SignIn[]; mine: boolean }) {
  const t = entryMessages.useT();
  const format = useFormat();
  if (rows.length === 0) return null;
  return (
    <ul className={styles.list} style={{ maxHeight: 420, overflowY: "auto" }}>
      {rows.map((row) => (
        <li key={row.id}>
          <Icon as={row.outcome === "in" ? LogIn : CircleAlert} size={20} className="gx-3" />
          <div className={styles.grow}>
            <div>
              <b title={row.agent}>{deviceName(row.agent)}</b>
              {mine && row.is_this_device && <Chip tone="ok">{t("thisDevice")}</Chip>}
              {row.outcome !== "in" && <Chip tone="warn">{t(row.outcome)}</Chip>}
            </div>
            <span className="gx-3 gx-s12">
              {row.ip} · {format.dateTime(row.at)}
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}
