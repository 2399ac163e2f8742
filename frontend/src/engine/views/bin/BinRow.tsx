import { Button, Checkbox } from "antd";
import { ArchiveRestore } from "lucide-react";
import type { RecordData } from "@/api/types";
import { Avatar, Icon, Logo, RelativeTime } from "@/kit";
import { useT } from "../messages";
import styles from "./bin.module.css";
import { daysLeft } from "./days-left";

interface Props {
  record: RecordData;
  chosen: boolean;
  onToggle: () => void;
  onRestore: () => void;
}

const SOON = 7;

export function BinRow({ record, chosen, onToggle, onRestore }: Props) {
  const t = useT();
  const at = record.deleted_at ?? record.updated_at;
  const left = daysLeft(at);
  const by = record.updated_by;
  return (
    <tr data-chosen={chosen || undefined}>
      <td>
        <Checkbox checked={chosen} onChange={onToggle} aria-label={t("table.select_row", { name: record.title })} />
      </td>
      <th scope="row">
        <span className={styles.name}>
          <Logo name={record.title} />
          <span className="gx-cut">{record.title}</span>
        </span>
      </th>
      <td>
        {by && (
          <span className={styles.name}>
            <Avatar id={by.id} name={by.name} />
            <span className="gx-cut">{by.name}</span>
          </span>
        )}
      </td>
      <td>
        <RelativeTime value={at} />
      </td>
      <td className={left <= SOON ? "gx-warn" : "gx-2"}>{t("bin.days", { count: left })}</td>
      <td>
        <Button
          icon={<Icon as={ArchiveRestore} size={14} />}
          aria-label={t("bin.restore_this", { name: record.title })}
          onClick={onRestore}
        >
          {t("bin.restore")}
        </Button>
      </td>
    </tr>
  );
}
