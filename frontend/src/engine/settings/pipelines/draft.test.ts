import { describe, expect, it } from "vitest";
import { colourOf, draftOf, faultOf, recoloured, startingStages, toBody, withNewStage } from "./draft";

const pipeline = {
  id: "p",
  key: "default",
  version: 1,
  name: { "zh-CN": "流程", en: "" },
  is_default: true,
  stages: startingStages(),
};

describe("a pipeline while it is edited", () => {
  it("puts a new stage before the closing ones, with a key of its own", () => {
    const draft = withNewStage(draftOf(pipeline), { "zh-CN": "谈判", en: "" });
    expect(draft.stages.map((stage) => stage.kind)).toEqual(["open", "open", "open", "won", "lost"]);
    expect(new Set(draft.stages.map((stage) => stage.key)).size).toBe(5);
  });
  it("wants an open, a won and a lost stage, each with a name", () => {
    const draft = draftOf(pipeline);
    expect(faultOf(draft)).toBeNull();
    expect(faultOf({ ...draft, stages: draft.stages.filter((stage) => stage.kind !== "lost") })).toBe("kinds");
    expect(faultOf(withNewStage(draft, { "zh-CN": " ", en: "" }))).toBe("names");
  });
  it("fills the language one did not write", () => {
    expect(toBody(draftOf(pipeline)).name).toEqual({ "zh-CN": "流程", en: "流程" });
    expect(toBody(draftOf(pipeline)).stages[0]).not.toHaveProperty("id");
  });
  it("deepens again after a move, and leaves a chosen colour alone", () => {
    const draft = recoloured(withNewStage(draftOf(pipeline), { "zh-CN": "谈判", en: "" }));
    expect(draft.stages.map((stage) => stage.color)).toEqual([
      "stage-1",
      "stage-3",
      "stage-5",
      "stage-won",
      "stage-lost",
    ]);
    const moved = recoloured({
      ...draft,
      stages: draft.stages.with(0, { ...draft.stages[2] } as never).with(2, { ...draft.stages[0] } as never),
    });
    expect(moved.stages.map((stage) => stage.color)).toEqual([
      "stage-1",
      "stage-3",
      "stage-5",
      "stage-won",
      "stage-lost",
    ]);
  });
  it("deepens with the stage unless a colour is chosen", () => {
    const [first, second, won] = pipeline.stages;
    expect(first && colourOf(first, 0, 4)).toBe("stage-1");
    expect(second && colourOf({ ...second, color: "stage-5" }, 1, 4)).toBe("stage-5");
    expect(won && colourOf(won, 2, 4)).toBe("stage-won");
  });
});
