/**
 * The page of any record: who it is, what can be done, its fields, what happened, what belongs to it.
 *
 * Three columns on the desk, tabs on the phone. What may not be seen and what is not there look the same.
 */
import { Button, Skeleton } from "antd";
import { SearchX } from "lucide-react";
import { useMemo, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { isProblem } from "@/api/problem";
import type { ObjectSchema } from "@/api/types";
import { useObject } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Empty, kitMessages, problemText, useIsPhone, usePageTitle, usePreload } from "@/kit";
import { editorsOf } from "../fields";
import { ActionButtons } from "./actions/ActionButtons";
import { KeyFigures } from "./KeyFigures";
import { ActionDialog, RecordAccess, RecordForm, RecordHistory, RecordOnPhone } from "./lazy";
import { useT } from "./messages";
import { listPath } from "./paths";
import { RecordColumns } from "./RecordColumns";
import { RecordHeader } from "./RecordHeader";
import styles from "./records.module.css";
import { StagePath } from "./StagePath";
import { useRecord } from "./useRecord";

export function RecordPage() {
  const { object: key, id } = useParams();
  const object = useObject(key);
  if (!object || !id) return <Missing object={object} />;
  return <OfRecord key={`${object.key}/${id}`} object={object} id={id} />;
}

function OfRecord({ object, id }: { object: ObjectSchema; id: string }) {
  const phone = useIsPhone();
  const navigate = useNavigate();
  const { data: record, error, isPending, refetch } = useRecord(object.key, id);
  const [editing, setEditing] = useState(false);
  const [past, setPast] = useState(false);
  const [shared, setShared] = useState(false);
  usePageTitle(record?.title);
  usePreload(useMemo(() => [...editorsOf(object.fields), RecordForm, ActionDialog, RecordHistory], [object]));
  if (isPending) return <PageSkeleton />;
  if (!record)
    return isProblem(error) && error.status === 404 ? (
      <Missing object={object} />
    ) : (
      <Failed error={error} retry={() => void refetch()} />
    );
  const actions = (
    <ActionButtons
      object={object}
      record={record}
      onEdit={() => setEditing(true)}
      onHistory={() => setPast(true)}
      onAccess={() => setShared(true)}
      onDeleted={() => navigate(listPath(object.key))}
    />
  );
  return (
    <div className={styles.page}>
      <RecordHeader object={object} record={record} actions={actions} />
      {phone ? (
        <RecordOnPhone object={object} record={record} actions={actions} />
      ) : (
        <>
          <div className={styles.strip}>
            <KeyFigures object={object} record={record} most={6} />
            <StagePath object={object} record={record} />
          </div>
          <RecordColumns object={object} record={record} />
        </>
      )}
      <RecordForm object={object.key} record={record} open={editing} onClose={() => setEditing(false)} />
      <RecordHistory object={object} record={record} open={past} onClose={() => setPast(false)} />
      <RecordAccess object={object} record={record} open={shared} onClose={() => setShared(false)} />
    </div>
  );
}

function Missing({ object }: { object: ObjectSchema | undefined }) {
  const t = useT();
  const label = useLabel();
  return (
    <Empty
      page
      icon={SearchX}
      title={t("page.missing")}
      actions={
        <Link to={object ? listPath(object.key) : "/"}>
          <Button>{object ? t("page.to_list", { name: label(object.label_plural) }) : t("page.home")}</Button>
        </Link>
      }
    >
      {t("page.missing_body")}
    </Empty>
  );
}

function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useT();
  return (
    <div role="alert">
      <Empty page title={t("page.failed")} actions={<Button onClick={retry}>{kitMessages.t("retry")}</Button>}>
        {problemText(error)}
      </Empty>
    </div>
  );
}

function PageSkeleton() {
  return (
    <div className={styles.skeleton} aria-hidden="true">
      <Skeleton active title={false} avatar={{ shape: "square", size: 52 }} paragraph={{ rows: 1 }} />
      <Skeleton active title={false} paragraph={{ rows: 10 }} />
    </div>
  );
}
