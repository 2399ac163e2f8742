import { Select, type SelectProps } from "antd";
import type { Team } from "@/api";
import { type TeamOption, teamOptions } from "../people-queries";

interface Props extends Omit<SelectProps<string, TeamOption>, "options"> {
  teams: readonly Team[];
  /** A team that may not be chosen, nor any below it: nothing is part of itself. */
  without?: string;
}

/** The tree of teams in a select: indented in the list, plain once chosen. */
export function TeamSelect({ teams, without, ...props }: Props) {
  return (
    <Select<string, TeamOption>
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      {...props}
      options={teamOptions(teams, without)}
      optionRender={(option) => <span style={{ paddingLeft: option.data.depth * 16 }}>{option.label}</span>}
    />
  );
}
