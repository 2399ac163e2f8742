import { renderHook } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { RecordData } from "@/api/types";
import { useTableKeys } from "./useTableKeys";

const records = ["a", "b", "c"].map((id) => ({ id }) as RecordData);

function walk() {
  let at: string | null = null;
  const keys = {
    records,
    current: () => at,
    enabled: true,
    onMove: vi.fn((id: string) => {
      at = id;
    }),
    onToggle: vi.fn(),
    onFull: vi.fn(),
    onEdit: vi.fn(),
    onClose: vi.fn(),
  };
  renderHook(() => useTableKeys(keys));
  return keys;
}

describe("keys of a table", () => {
  it("go on from the record that the last key opened, before it is drawn", async () => {
    const keys = walk();
    await userEvent.keyboard("jjk{Enter}");
    expect(keys.onMove.mock.calls.flat()).toEqual(["a", "b", "a"]);
    expect(keys.onFull.mock.calls.flat()).toEqual(["a"]);
  });

  it("stop at both ends", async () => {
    const keys = walk();
    await userEvent.keyboard("jkjjjj");
    expect(keys.onMove.mock.calls.flat()).toEqual(["a", "b", "c"]);
  });
});
