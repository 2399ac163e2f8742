import { describe, expect, it } from "vitest";
import type { RecordData } from "@/api/types";
import { changesOf, conflictsOf } from "./conflicts";

const record = (values: object) => ({ id: "1", object: "customer", title: "A", version: 2, ...values }) as RecordData;

describe("two people on one record", () => {
  it("is a conflict where both changed the same field to different things", () => {
    const latest = record({ phone: "2", website: "theirs" });
    expect(conflictsOf(latest, { phone: "3" }, { phone: "1" })).toEqual(["phone"]);
  });

  it("is none where only one of them did, or both did the same", () => {
    expect(conflictsOf(record({ phone: "1", website: "theirs" }), { phone: "3" }, { phone: "1" })).toEqual([]);
    expect(conflictsOf(record({ phone: "3" }), { phone: "3" }, { phone: "1" })).toEqual([]);
    expect(conflictsOf(record({ phone: null }), { phone: "3" }, { phone: undefined })).toEqual([]);
  });

  it("saves what was touched and nothing else, so nobody's change is taken back", () => {
    const latest = record({ phone: "1", website: "theirs", tags: ["a"] });
    expect(changesOf(latest, { phone: "3", tags: ["a"], city: null })).toEqual({ phone: "3" });
    expect(changesOf(latest, { website: null })).toEqual({ website: null });
  });
});
