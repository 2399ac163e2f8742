import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Modal, Progress, Radio, Select } from "antd";
import { Download } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/http";
import type { ExportJob, FilterNode, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, problemText, useFormat } from "@/kit";
import { searchText } from "../fields/shared/search-text";
import { useCount } from "../views/table/useRecords";
import { useT } from "./messages";
import styles from "./transfer.module.css";

interface Props {
  object: ObjectSchema;
  open: boolean;
  onClose: () => void;
  query: { filter?: FilterNode | null; sort?: string; q?: string };
  /** The columns of the view, as a start. */
  columns: string[];
}

type Format = "xlsx" | "csv" | "parquet";

/** What goes out: which rows, which columns, which format; made in the background, then downloaded. */
export function ExportDialog(props: Props) {
  const t = useT();
  const label = useLabel();
  return (
    <Modal
      open={props.open}
      title={t("export.title", { name: label(props.object.label_plural) })}
      onCancel={props.onClose}
      footer={null}
      width={480}
      destroyOnHidden
    >
      {props.open && <Body {...props} />}
    </Modal>
  );
}

function Body({ object, query, columns, onClose }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const [kind, setKind] = useState<Format>("xlsx");
  const [fields, setFields] = useState(columns);
  const count = useCount(object.key, query.filter ?? null, !query.q);
  const start = useMutation({
    mutationFn: () =>
      api.post<ExportJob>("/exports", {
        object: object.key,
        format: kind,
        fields,
        filter: query.filter,
        sort: query.sort,
        q: query.q,
      }),
  });
  const known = new Set(object.fields.map((field) => field.key));
  const paths = columns.filter((path) => !known.has(path));
  if (start.data) return <Running first={start.data} onClose={onClose} />;
  return (
    <div className={styles.export}>
      {count.data && !query.q && (
        <p>{t("export.count", { n: format.count(count.data), name: label(object.label_plural) })}</p>
      )}
      <div>
        <h3>{t("export.format")}</h3>
        <Radio.Group
          optionType="button"
          value={kind}
          onChange={(event) => setKind(event.target.value)}
          options={[
            { value: "xlsx", label: "Excel (.xlsx)" },
            { value: "csv", label: "CSV" },
            { value: "parquet", label: "Parquet" },
          ]}
        />
      </div>
      <div>
        <h3>{t("export.columns")}</h3>
        <Select
          mode="multiple"
          style={{ width: "100%" }}
          value={fields}
          onChange={setFields}
          aria-label={t("export.columns")}
          showSearch={{ filterOption: (input, option) => searchText(option?.label).includes(searchText(input)) }}
          options={[
            ...object.fields.map((field) => ({ value: field.key, label: label(field.label) })),
            ...paths.map((path) => ({ value: path, label: path })),
          ]}
        />
        <Button type="link" size="small" onClick={() => setFields(object.fields.map((field) => field.key))}>
          {t("export.all_columns")}
        </Button>
      </div>
      {start.isError && (
        <p className="gx-bad gx-s12" role="alert">
          {problemText(start.error)}
        </p>
      )}
      <Button
        type="primary"
        block
        loading={start.isPending}
        disabled={fields.length === 0}
        onClick={() => start.mutate()}
      >
        {t("export.start")}
      </Button>
    </div>
  );
}

function Running({ first, onClose }: { first: ExportJob; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const { data: job } = useQuery({
    queryKey: ["exports", first.id],
    queryFn: ({ signal }) => api.get<ExportJob>(`/exports/${first.id}`, { signal }),
    initialData: first,
    refetchInterval: (query) => (query.state.data?.url || query.state.data?.status === "failed" ? false : 800),
  });
  const ready = Boolean(job.url);
  return (
    <div className={styles.export} aria-live="polite">
      <p>
        {job.status === "failed"
          ? t("export.failed")
          : ready
            ? t("export.ready", { n: format.number(job.row_count ?? 0) })
            : t("export.making")}
      </p>
      {job.status !== "failed" && (
        <Progress
          percent={ready ? 100 : percentOf(job)}
          showInfo={false}
          status={ready ? "success" : "active"}
          aria-label={t("export.making")}
        />
      )}
      {ready && job.url ? (
        <Button
          type="primary"
          block
          icon={<Icon as={Download} />}
          href={job.url}
          download={job.filename}
          onClick={onClose}
        >
          {t("export.download", { name: job.filename })}
        </Button>
      ) : (
        <Button onClick={onClose}>{t("export.later")}</Button>
      )}
    </div>
  );
}

function percentOf(job: ExportJob): number {
  if (typeof job.progress === "number") return job.progress <= 1 ? job.progress * 100 : job.progress;
  return job.progress.total ? (job.progress.done / job.progress.total) * 100 : 0;
}
