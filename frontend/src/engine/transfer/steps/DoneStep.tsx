import { App, Button } from "antd";
import { CircleCheckBig, CircleX, Undo2 } from "lucide-react";
import { Link, useNavigate } from "react-router";
import type { ImportJob, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Empty, Icon, useFormat, useProblem } from "@/kit";
import { importPath } from "../../records/paths";
import { useT } from "../messages";
import { importedPath } from "../people";
import type { ImportMutations } from "../useImport";

interface Props {
  object: ObjectSchema;
  job: ImportJob;
  mutations: ImportMutations;
  onFix?: () => void;
}

export function DoneStep({ object, job, mutations, onFix }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const navigate = useNavigate();
  const name = label(object.label_plural);
  if (job.status === "failed" || job.status === "undone") {
    const failed = job.status === "failed";
    return (
      <Empty
        icon={failed ? CircleX : Undo2}
        title={t(failed ? "done.failed" : "done.undone")}
        actions={<Button onClick={() => navigate(importPath(object.key))}>{t("done.again")}</Button>}
      >
        {failed ? (job.error ?? t("done.failed_body")) : t("done.undone_body")}
      </Empty>
    );
  }
  return (
    <Empty
      icon={CircleCheckBig}
      title={t("done.title", { n: format.number(job.counts.created + job.counts.updated), name })}
      actions={
        <>
          <Link to={importedPath(object)}>
            <Button type="primary">{t("done.open", { name })}</Button>
          </Link>
          {onFix && <Button onClick={onFix}>{t("done.fix", { n: format.number(job.counts.refused) })}</Button>}
          <UndoImport job={job} mutations={mutations} />
        </>
      }
    >
      {t("done.body", {
        created: format.number(job.counts.created),
        updated: format.number(job.counts.updated),
        unchanged: format.number(job.counts.unchanged),
        refused: format.number(job.counts.refused),
      })}
    </Empty>
  );
}

/** Takes the whole import back, saying what that touches. */
export function UndoImport({ job, mutations }: { job: ImportJob; mutations: ImportMutations }) {
  const t = useT();
  const format = useFormat();
  const say = useProblem();
  const { modal } = App.useApp();
  const over = job.undo_until !== null && new Date(job.undo_until).getTime() < Date.now();
  if (over || job.status === "undone") return null;
  const ask = () =>
    modal.confirm({
      title: t("undo.ask"),
      content: t("undo.body", {
        created: format.number(job.counts.created),
        updated: format.number(job.counts.updated),
      }),
      icon: null,
      okText: t("undo.do"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => mutations.undo.mutateAsync().catch(say),
    });
  return (
    <>
      <Button type="text" danger icon={<Icon as={Undo2} />} onClick={ask}>
        {t("undo.do")}
      </Button>
      {job.undo_until && (
        <span className="gx-3 gx-s12">{t("undo.until", { date: format.shortDay(job.undo_until) })}</span>
      )}
    </>
  );
}
