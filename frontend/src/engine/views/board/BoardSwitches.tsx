import { Button, Dropdown } from "antd";
import { ChevronDown, Columns3, GitBranch } from "lucide-react";
import { useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { boardChoices } from "../kinds";
import { useT } from "../messages";
import { DisplayButton, FilterButton, KindSwitch } from "../switches";
import type { ListControls } from "../useListState";
import { usePipelines } from "./useBoardColumns";

/** The board's tools in the page header: pipeline, field of the columns, table or board, filter. */
export function BoardSwitches({ object, list }: { object: ObjectSchema; list: ListControls }) {
  const t = useT();
  const label = useLabel();
  const [filtering, setFiltering] = useState(false);
  const pipelines = usePipelines(object).data ?? [];
  const pipeline =
    pipelines.find((each) => each.key === list.pipeline) ?? pipelines.find((each) => each.is_default) ?? pipelines[0];
  const groups = boardChoices(object);
  const grouped = groups.find((field) => field.key === list.groupBy) ?? groups[0];
  return (
    <>
      {groups.length > 1 && grouped && (
        <Dropdown
          trigger={["click"]}
          menu={{
            selectedKeys: [grouped.key],
            items: groups.map((field) => ({ key: field.key, label: label(field.label) })),
            onClick: ({ key }) => list.setLayout({ groupBy: key }),
          }}
        >
          <Button size="small" icon={<Icon as={Columns3} size={14} />}>
            {t("board.group_by", { name: label(grouped.label) })}
          </Button>
        </Dropdown>
      )}
      {pipelines.length > 1 && pipeline && (
        <Dropdown
          trigger={["click"]}
          menu={{
            selectedKeys: [pipeline.key],
            items: pipelines.map((each) => ({ key: each.key, label: label(each.name) })),
            onClick: ({ key }) => list.setLayout({ pipeline: key }),
          }}
        >
          <Button
            size="small"
            icon={<Icon as={GitBranch} size={14} />}
            aria-label={`${t("board.pipeline")}: ${label(pipeline.name)}`}
          >
            {label(pipeline.name)}
            <Icon as={ChevronDown} size={12} />
          </Button>
        </Dropdown>
      )}
      <DisplayButton object={object} list={list} />
      <KindSwitch object={object} list={list} />
      <FilterButton object={object} list={list} open={filtering} onOpenChange={setFiltering} />
    </>
  );
}
