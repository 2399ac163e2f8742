import { describe, expect, it } from "vitest";
import type { Field, RecordData } from "@/api/types";
import { eventsOf, movedValue, within } from "./events";

const field = (key: string, type: string) => ({ key, type }) as Field;
const record = (values: object) => ({ id: "1", title: "甲", ...values }) as RecordData;

describe("records in a calendar", () => {
  it("last until their end, that day included", () => {
    const [event] = eventsOf(
      [record({ from: "2026-03-01", to: "2026-03-03" })],
      field("from", "date"),
      field("to", "date"),
      () => undefined,
    );
    expect(event).toMatchObject({ start: "2026-03-01", end: "2026-03-04", allDay: true });
  });
  it("without a date are not drawn, with a wrong end last one day", () => {
    expect(eventsOf([record({ from: null })], field("from", "date"), undefined, () => undefined)).toEqual([]);
    const [event] = eventsOf(
      [record({ from: "2026-03-03", to: "2026-03-01" })],
      field("from", "date"),
      field("to", "date"),
      () => undefined,
    );
    expect(event?.end).toBeUndefined();
  });
  it("keep their time of day when moved", () => {
    expect(movedValue("2026-02-27", 2)).toBe("2026-03-01");
    expect(movedValue("2026-02-27T08:30:00Z", 1)).toBe("2026-02-28T08:30:00.000Z");
  });
  it("are asked for by the days on screen", () => {
    expect(within("a", undefined, { from: "2026-03-01", to: "2026-04-01" })).toEqual({
      and: [
        { field: "a", op: "before", value: "2026-04-01" },
        { field: "a", op: "on_or_after", value: "2026-03-01" },
      ],
    });
  });
});
