import { describe, expect, it } from "vitest";
import { teamOptions, teamTree } from "./people-queries";

const team = (id: string, parent: string | null) => ({ id, name: id, parent, manager: null, member_count: 0 });

describe("teams as a tree", () => {
  const teams = [
    team("sales", null),
    team("south", "sales"),
    team("south-1", "south"),
    team("service", null),
    team("orphan", "gone"),
  ];
  it("nests by parent and keeps what has lost its parent", () => {
    expect(teamTree(teams).map((node) => node.id)).toEqual(["sales", "service", "orphan"]);
    expect(teamOptions(teams).map((option) => [option.value, option.depth])).toEqual([
      ["sales", 0],
      ["south", 1],
      ["south-1", 2],
      ["service", 0],
      ["orphan", 0],
    ]);
  });
  it("does not offer a team as its own parent, nor any below it", () => {
    expect(teamOptions(teams, "south").map((option) => option.value)).toEqual(["sales", "service", "orphan"]);
  });
});
