import { Button, Drawer, Skeleton } from "antd";
import type { ObjectSchema, RecordData } from "@/api/types";
import { Empty, RelativeTime } from "@/kit";
import { Merges } from "../merging/Merges";
import { ChangeLine } from "./ChangeLine";
import { t as text, useT } from "./messages";
import styles from "./records.module.css";
import { useHistory } from "./useHistory";

interface Props {
  object: ObjectSchema;
  record: RecordData;
  open: boolean;
  onClose: () => void;
}

export function HistoryDrawer({ object, record, open, onClose }: Props) {
  const t = useT();
  return (
    <Drawer open={open} onClose={onClose} title={t("history.title")} size={520} destroyOnHidden>
      <Merges object={object} record={record} />
      <Entries object={object} record={record} />
    </Drawer>
  );
}

function Entries({ object, record }: { object: ObjectSchema; record: RecordData }) {
  const t = useT();
  const { entries, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useHistory(object.key, record.id);
  if (isPending) return <Skeleton active title={false} paragraph={{ rows: 8 }} />;
  if (entries.length === 0) return <Empty small title={t("history.empty")} />;
  return (
    <>
      <ol className={styles.history}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <p>
              <b>{entry.actor?.name ?? t("timeline.system")}</b> {actionText(entry.action)}
              <span className="gx-3"> · {viaText(entry.via)}</span>
              <RelativeTime value={entry.at} className="gx-3 gx-s12" />
            </p>
            {entry.changes.map((change) => (
              <ChangeLine
                key={change.field}
                field={object.fields.find((field) => field.key === change.field)}
                change={change}
                named={entry.action === "reveal"}
              />
            ))}
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button type="text" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("timeline.more")}
        </Button>
      )}
    </>
  );
}

const ACTIONS = [
  "create",
  "update",
  "delete",
  "restore",
  "merge",
  "unmerge",
  "undo",
  "reveal",
  "claim",
  "hand_out",
  "return",
  "recycle",
] as const;
const VIAS = ["web", "api", "import", "flow", "system"] as const;

function actionText(action: string): string {
  const known = ACTIONS.find((each) => action === each || action.startsWith(each));
  return known ? text(`history.${known}`) : action;
}

function viaText(via: string): string {
  const known = VIAS.find((each) => each === via);
  return known ? text(`history.via_${known}`) : via;
}
