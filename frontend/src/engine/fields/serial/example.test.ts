import { expect, it } from "vitest";
import { exampleOf } from "./example";

it("fills in the date and the counter", () => {
  expect(exampleOf("SB-{YYYY}{MM}-{0000}", new Date(2026, 2, 5))).toBe("SB-202603-0001");
  expect(exampleOf("{YY}/{DD}/{0}", new Date(2026, 2, 5), 12)).toBe("26/05/12");
});
