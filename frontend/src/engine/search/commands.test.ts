import { House, Plus } from "lucide-react";
import { describe, expect, it } from "vitest";
import { type Command, matchCommands } from "./commands";

const command = (id: string, title: string, words: string): Command => ({
  id,
  kind: "page",
  icon: id === "new" ? Plus : House,
  title,
  words,
  run: () => undefined,
});
const all = [
  command("home", "工作台", "workbench gzt"),
  command("new", "新建客户", "create customer xj"),
  command("list", "客户", "customer kh"),
];
const found = (typed: string) => matchCommands(all, typed).map((hit) => hit.id);

describe("finding pages and actions", () => {
  it("finds by title, by the other language and by initials", () => {
    expect(found("工作")).toEqual(["home"]);
    expect(found("Workbench")).toEqual(["home"]);
    expect(found("xj")).toEqual(["new"]);
  });
  it("puts what begins with the words first", () => {
    expect(found("客户")).toEqual(["list", "new"]);
  });
  it("wants every word", () => {
    expect(found("create customer")).toEqual(["new"]);
    expect(found("create nothing")).toEqual([]);
  });
  it("lists everything for nothing", () => {
    expect(found("  ")).toHaveLength(3);
  });
});
