import { describe, expect, it } from "vitest";
import { arrangementOf, inRows, moved, shownIn, toggled } from "./widgets";

const usual = arrangementOf(undefined);

describe("the arrangement of the workbench", () => {
  it("is the usual one until someone moves something", () => {
    expect(shownIn(usual, "main")).toEqual(["todo", "stalled", "closing"]);
    expect(shownIn(usual, "side")).toEqual(["pace", "approvals", "falling", "funnel", "next", "forgotten"]);
  });

  it("moves a part within its column and stops at the ends", () => {
    expect(shownIn(moved(usual, "closing", -1), "main")).toEqual(["todo", "closing", "stalled"]);
    expect(moved(usual, "todo", -1)).toBe(usual);
    expect(moved(usual, "forgotten", 1)).toBe(usual);
    expect(shownIn(moved(usual, "funnel", 1), "side")).toEqual([
      "pace",
      "approvals",
      "falling",
      "next",
      "funnel",
      "forgotten",
    ]);
  });

  it("hides and shows again", () => {
    const without = toggled(usual, "funnel");
    expect(shownIn(without, "side")).toEqual(["pace", "approvals", "falling", "next", "forgotten"]);
    expect(toggled(without, "funnel")).toEqual(usual);
  });

  it("survives what a newer or older version kept", () => {
    const kept = { order: ["closing", "weather", "closing", 7], hidden: ["weather", "next"] };
    expect(arrangementOf(kept).order).toEqual([
      "closing",
      "todo",
      "stalled",
      "pace",
      "approvals",
      "falling",
      "funnel",
      "next",
      "forgotten",
    ]);
    expect(arrangementOf(kept).hidden).toEqual(["next"]);
    expect(arrangementOf("nonsense")).toEqual(usual);
  });

  it("puts two narrow parts side by side", () => {
    expect(inRows(["todo", "stalled", "closing"])).toEqual([["todo"], ["stalled", "closing"]]);
    expect(inRows(["stalled", "todo", "closing"])).toEqual([["stalled"], ["todo"], ["closing"]]);
  });
});
