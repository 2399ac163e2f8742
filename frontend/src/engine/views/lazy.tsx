/** The parts of a list that are not its first screen: loaded when they are opened, or while the browser is idle. */
import { Skeleton } from "antd";
import { lazyDialog, lazyPart } from "@/kit";
import { RecordForm } from "../records/lazy";
import { Export } from "../transfer/lazy";
import styles from "./page.module.css";

const rows = (count: number) => (
  <div className={styles.waiting}>
    <Skeleton active title={false} paragraph={{ rows: count }} />
  </div>
);

export const TableRows = lazyPart(
  async () => (await import("./table/TableView")).TableView,
  () => rows(14),
);
export const BoardPane = lazyPart(
  async () => (await import("./board/Board")).Board,
  () => rows(12),
);
export const CalendarDays = lazyPart(
  async () => (await import("./calendar/CalendarPane")).CalendarPane,
  () => rows(12),
);
export const GalleryCards = lazyPart(
  async () => (await import("./gallery/GalleryPane")).GalleryPane,
  () => rows(12),
);
export const RegionFigures = lazyPart(
  async () => (await import("./regions/RegionsPane")).RegionsPane,
  () => rows(8),
);
export const ReportFigures = lazyPart(
  async () => (await import("./report/ReportPane")).ReportPane,
  () => rows(12),
);
export const GroupedRows = lazyPart(
  async () => (await import("./grouped/GroupedPane")).GroupedPane,
  () => rows(12),
);
export const Display = lazyPart(
  async () => (await import("./display/DisplayEditor")).DisplayEditor,
  () => rows(3),
);
export const BoardTools = lazyPart(async () => (await import("./board/BoardSwitches")).BoardSwitches);
export const Cards = lazyPart(
  async () => (await import("./table/CardList")).CardList,
  () => rows(12),
);
export const Preview = lazyPart(async () => (await import("./preview/PreviewPane")).PreviewPane);
export const Bulk = lazyPart(async () => (await import("./bulk/BulkBar")).BulkBar);
export const Builder = lazyPart(
  async () => (await import("./filter/FilterBuilder")).FilterBuilder,
  () => rows(2),
);
export const QuickFilter = lazyPart(
  async () => (await import("./filter/QuickFilter")).QuickFilter,
  () => rows(1),
);
export const Columns = lazyPart(
  async () => (await import("./ColumnChooser")).ColumnChooser,
  () => rows(8),
);
export const Sorting = lazyPart(
  async () => (await import("./SortEditor")).SortEditor,
  () => rows(1),
);
export const SaveView = lazyDialog(async () => (await import("./saved/SaveViewDialog")).SaveViewDialog);
export const Actions = lazyDialog(async () => (await import("./saved/ViewActions")).ViewActions);

/** In the order in which people reach for them. */
export const AFTERWARDS = [
  Preview,
  RecordForm,
  Builder,
  Bulk,
  BoardPane,
  BoardTools,
  SaveView,
  Sorting,
  Columns,
  Export,
];

/** What the address asks for comes along with the page and not after it; without an answer there it is the table. */
export function preloadList(search: string): void {
  const params = new URLSearchParams(search);
  if (params.get("kind") === "board") void Promise.all([BoardPane.preload(), BoardTools.preload()]);
  else void TableRows.preload();
  if (params.has("open")) void Preview.preload();
}
