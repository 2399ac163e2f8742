/**
 * From a spreadsheet to records in six steps: upload, map, preview, run, fix, done.
 *
 * The job lives on the server, so its address (`/imports/:id`) survives a reload and can be sent to a colleague; which
 * step is shown follows from its state. Nothing is written before the run, everything can be undone after it.
 */
import { Button, Skeleton } from "antd";
import { SearchX } from "lucide-react";
import { useRef, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import type { ImportJob, ImportPreview } from "@/api/types";
import { useLabel } from "@/i18n";
import { Empty, usePageTitle, usePreload } from "@/kit";
import { importJobPath } from "../records/paths";
import { ImportFrame, type Step } from "./ImportFrame";
import { DoneStep, FixStep, LATER_STEPS, MapStep, PreviewStep, RunStep, UploadStep } from "./lazy-steps";
import { useT } from "./messages";
import { importedPath, useImportable } from "./people";
import { isRunning, useImportJob, useImportMutations } from "./useImport";

export function ImportPage() {
  const { id, object } = useParams();
  return id ? <Job key={id} id={id} /> : <Start object={object ?? ""} />;
}

function Start({ object: key }: { object: string }) {
  const navigate = useNavigate();
  const object = useImportable(key);
  usePreload(LATER_STEPS);
  if (!object?.can.import) return <Missing />;
  return (
    <ImportFrame object={object} step="upload" back={importedPath(object)}>
      <UploadStep object={object} onUploaded={(job) => navigate(importJobPath(job.id), { replace: true })} />
    </ImportFrame>
  );
}

function Job({ id }: { id: string }) {
  const t = useT();
  const label = useLabel();
  const { data, isPending } = useImportJob(id);
  const job = useLastPreview(data);
  const object = useImportable(job?.object);
  const mutations = useImportMutations(id);
  usePreload(LATER_STEPS);
  const [seen, setSeen] = useState<"map" | "preview" | "done" | null>(null);
  usePageTitle(object && t("title", { name: label(object.label_plural) }));
  if (isPending) {
    return (
      <div style={{ padding: 24 }}>
        <Skeleton active title={false} paragraph={{ rows: 10 }} />
      </div>
    );
  }
  if (!job || !object) return <Missing />;
  const step = stepOf(job, seen);
  return (
    <ImportFrame object={object} job={job} step={step} back={importedPath(object)}>
      {step === "map" && (
        <MapStep object={object} job={job} mutations={mutations} onPreview={() => setSeen("preview")} />
      )}
      {step === "preview" && (
        <PreviewStep object={object} job={job} mutations={mutations} onBack={() => setSeen("map")} />
      )}
      {step === "run" && <RunStep job={job} />}
      {step === "fix" && <FixStep object={object} job={job} mutations={mutations} onSkip={() => setSeen("done")} />}
      {step === "done" && (
        <DoneStep
          object={object}
          job={job}
          mutations={mutations}
          onFix={job.counts.refused > 0 ? () => setSeen(null) : undefined}
        />
      )}
    </ImportFrame>
  );
}

/** While a changed choice is tried anew, what was found before stays in sight. */
function useLastPreview(job: ImportJob | undefined): ImportJob | undefined {
  const last = useRef<ImportPreview | null>(null);
  if (job?.preview) last.current = job.preview;
  return job?.status === "previewing" && !job.preview ? { ...job, preview: last.current } : job;
}

function stepOf(job: ImportJob, seen: "map" | "preview" | "done" | null): Step {
  if (job.status === "draft" || job.status === "previewing") return job.preview && seen !== "map" ? "preview" : "map";
  if (isRunning(job)) return "run";
  if (job.status === "done" && job.counts.refused > 0 && seen !== "done") return "fix";
  return "done";
}

function Missing() {
  const t = useT();
  return (
    <Empty
      page
      icon={SearchX}
      title={t("missing")}
      actions={
        <Link to="/">
          <Button>{t("home")}</Button>
        </Link>
      }
    >
      {t("missing_body")}
    </Empty>
  );
}
