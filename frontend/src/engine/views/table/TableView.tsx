import type { ObjectSchema, SavedView } from "@/api/types";
import { ViewTabs } from "../saved/ViewTabs";
import { Toolbar } from "../Toolbar";
import type { ListControls } from "../useListState";
import { TablePane } from "./TablePane";

interface Props {
  object: ObjectSchema;
  views: SavedView[];
  list: ListControls;
  onCreate: () => void;
}

/** The list as a table: its views, its tools, its rows. */
export function TableView({ object, views, list, onCreate }: Props) {
  return (
    <>
      <ViewTabs object={object} views={views} list={list} />
      <Toolbar object={object} list={list} />
      <TablePane object={object} list={list} onCreate={onCreate} />
    </>
  );
}
