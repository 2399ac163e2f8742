/** The steps of an import: the one that is open loads with the page, the others while one reads. */
import { Skeleton } from "antd";
import { lazyPart } from "@/kit";
import styles from "./transfer.module.css";

const rows = () => (
  <div className={styles.body}>
    <Skeleton active title={false} paragraph={{ rows: 10 }} />
  </div>
);

export const UploadStep = lazyPart(async () => (await import("./steps/UploadStep")).UploadStep, rows);
export const MapStep = lazyPart(async () => (await import("./steps/MapStep")).MapStep, rows);
export const PreviewStep = lazyPart(async () => (await import("./steps/PreviewStep")).PreviewStep, rows);
export const RunStep = lazyPart(async () => (await import("./steps/RunStep")).RunStep, rows);
export const FixStep = lazyPart(async () => (await import("./steps/FixStep")).FixStep, rows);
export const DoneStep = lazyPart(async () => (await import("./steps/DoneStep")).DoneStep, rows);

export const LATER_STEPS = [MapStep, PreviewStep, RunStep, DoneStep, FixStep];
