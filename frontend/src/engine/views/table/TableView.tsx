import type { ObjectSchema, SavedView } from "@/api/types";
import { CalendarDays, GalleryCards, GroupedRows, RegionFigures, ReportFigures } from "../lazy";
import { ViewTabs } from "../saved/ViewTabs";
import { Toolbar } from "../Toolbar";
import type { ListControls } from "../useListState";
import { TablePane } from "./TablePane";

interface Props {
  object: ObjectSchema;
  views: SavedView[];
  list: ListControls;
  onCreate: (values?: Record<string, unknown>) => void;
}

/** The list as a table, a calendar, cards or figures: its views, its tools, its records. */
export function TableView({ object, views, list, onCreate }: Props) {
  return (
    <>
      <ViewTabs object={object} views={views} list={list} />
      <Toolbar object={object} list={list} />
      <Pane object={object} list={list} onCreate={onCreate} />
    </>
  );
}

function Pane({ object, list, onCreate }: Omit<Props, "views">) {
  if (list.kind === "calendar") return <CalendarDays object={object} list={list} onCreate={onCreate} />;
  if (list.kind === "gallery") return <GalleryCards object={object} list={list} />;
  if (list.kind === "regions") return <RegionFigures object={object} list={list} />;
  if (list.kind === "report") return <ReportFigures object={object} list={list} />;
  if (list.groups.length > 0) return <GroupedRows object={object} list={list} />;
  return <TablePane object={object} list={list} onCreate={() => onCreate()} />;
}
