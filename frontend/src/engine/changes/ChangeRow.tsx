import { App, Button, Drawer, Skeleton } from "antd";
import { ArrowRightLeft, FilePlus2, Merge, Pencil, RotateCcw, Trash2, Undo2, Upload } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { useLabel } from "@/i18n";
import { Icon, RelativeTime, useFormat, useProblem } from "@/kit";
import { recordPath } from "../records/paths";
import styles from "./changes.module.css";
import { LeftList } from "./LeftList";
import { changesMessages } from "./messages";
import { type ChangeSet, fetchCheck, useChanges, useUndo } from "./queries";

const ICONS = {
  create: FilePlus2,
  update: Pencil,
  delete: Trash2,
  restore: RotateCcw,
  merge: Merge,
  merges: Merge,
  unmerge: Merge,
  import: Upload,
  undo: Undo2,
  handover: ArrowRightLeft,
} as const;
type Kind = keyof typeof ICONS;

const kindOf = (row: ChangeSet): Kind | "other" => (row.kind in ICONS ? (row.kind as Kind) : "other");

/** Parts of it stand in a drawer of their own. */
export function ChangeRow({ row }: { row: ChangeSet }) {
  const t = changesMessages.useT();
  const format = useFormat();
  const { modal } = App.useApp();
  const [parts, setParts] = useState(false);
  const kind = kindOf(row);
  const whole = kind === "merges";
  const showLeft = () => modal.info({ title: t("left_title"), content: <LeftList left={row.left} />, width: 520 });
  return (
    <li className={styles.row} data-off={row.undo_state === "done" || row.undo_state === "partial"}>
      <span className={styles.glyph} aria-hidden="true">
        <Icon as={kind === "other" ? Pencil : ICONS[kind]} size={16} />
      </span>
      <div className={styles.words}>
        <span>
          <What row={row} kind={kind} />
        </span>
        <span className="gx-3 gx-s12">
          <RelativeTime value={row.at} />
          {row.undo_state === "running" &&
            ` · ${t("running", {
              done: format.number((row.undone ?? 0) + (row.skipped ?? 0)),
              total: format.number(row.total ?? 0),
            })}`}
          {row.undo_state === "done" &&
            ` · ${t(whole ? "undone_groups" : "undone", { n: format.number(row.undone ?? row.count) })}`}
          {row.undo_state === "partial" &&
            ` · ${t(whole ? "undone_groups_left" : "undone_left", { n: format.number(row.undone ?? 0), left: format.number(row.skipped ?? 0) })}`}
          {whole && (
            <Button type="link" size="small" onClick={() => setParts(true)}>
              {t("see_groups")}
            </Button>
          )}
          {row.left.length > 0 && (
            <Button type="link" size="small" onClick={showLeft}>
              {t("see_left")}
            </Button>
          )}
        </span>
      </div>
      {row.can_undo && <UndoButton row={row} redo={row.kind === "undo"} />}
      <Drawer open={parts} size="min(100vw, 560px)" title={t("groups")} onClose={() => setParts(false)} destroyOnHidden>
        <Parts of={row.id} />
      </Drawer>
    </li>
  );
}

/** What a larger piece of work was made of, each with its own way back. */
function Parts({ of }: { of: string }) {
  const t = changesMessages.useT();
  const list = useChanges(of);
  return (
    <>
      {list.isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      <ol className={styles.rows}>
        {list.data?.pages
          .flatMap((page) => page.data)
          .map((row) => (
            <ChangeRow key={row.id} row={row} />
          ))}
      </ol>
      {list.hasNextPage && (
        <Button type="text" block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </>
  );
}

function What({ row, kind }: { row: ChangeSet; kind: Kind | "other" }) {
  const t = changesMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const name = label(row.object_label);
  const one = row.count === 1 && row.title;
  const what =
    kind === "handover"
      ? t("records", { n: format.number(row.count) })
      : one
        ? t("one", { name, title: row.title })
        : t("several", { n: format.number(Math.max(row.count, 1)), name });
  // In Chinese a figure stands apart from the character before it, not from a mark.
  const apart = kind === "import" ? what.trim() : what;
  const said = t(`kind.${kind}`, { what: apart, title: row.title });
  const also = row.other_count > 0 && kind !== "create" ? t("also", { n: format.number(row.other_count) }) : "";
  const into = kind === "merge" && row.record ? t("merged_into", { title: row.record.title }) : "";
  const text = `${said}${into}${also}`;
  if (!row.record || (!one && kind !== "merge")) return <>{text}</>;
  return (
    <Link className="gx-link" to={recordPath(row.object, row.record.id)}>
      {text}
    </Link>
  );
}

function UndoButton({ row, redo }: { row: ChangeSet; redo: boolean }) {
  const t = changesMessages.useT();
  const format = useFormat();
  const say = useProblem();
  const { modal, message } = App.useApp();
  const undo = useUndo();
  const groups = row.kind === "merges";
  const run = (partial: boolean) =>
    undo.mutate(
      { id: row.id, partial },
      {
        onSuccess: (done) => {
          const n = format.number(done.undone ?? done.count);
          if (done.undo_state === "running") message.info(t("started"));
          else if (done.skipped)
            message.info(t(groups ? "undone_groups_left" : "undone_left", { n, left: format.number(done.skipped) }));
          else message.success(t(groups ? "undone_groups" : "undone", { n }));
        },
        onError: (error) => say(error),
      },
    );
  const ask = async () => {
    try {
      const { check } = await fetchCheck(row.id);
      if (!check || check.count === 0) {
        if (row.count + row.other_count <= 1) return run(false);
        modal.confirm({ title: t("undo_ask"), okText: t(redo ? "redo" : "undo"), onOk: () => run(false) });
        return;
      }
      const rest = Math.max(0, check.total - check.count);
      modal.confirm({
        title: t(groups ? "groups_in_way" : "undo_in_way", { count: format.number(check.count) }),
        width: 520,
        content: (
          <>
            <LeftList left={check.left} />
            <p>{t(groups ? "groups_in_way_body" : "undo_in_way_body", { rest: format.number(rest) })}</p>
          </>
        ),
        okText: t(groups ? "undo_groups" : "undo_rest", { n: format.number(rest) }),
        okButtonProps: { disabled: rest === 0 },
        onOk: () => run(true),
      });
    } catch (error) {
      say(error);
    }
  };
  return (
    <Button size="small" icon={<Icon as={Undo2} size={14} />} loading={undo.isPending} onClick={() => void ask()}>
      {t(redo ? "redo" : "undo")}
    </Button>
  );
}
