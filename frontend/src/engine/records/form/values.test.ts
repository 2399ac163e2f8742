import { describe, expect, it } from "vitest";
import type { ObjectSchema } from "@/api/types";
import { defaults } from "./values";

const field = (key: string, more: object) => ({ key, type: "select", readonly: false, default: null, ...more });

describe("what a new record starts with", () => {
  it("has the defaults of what one may write, and no others", () => {
    const fields = [
      field("method", { default: "transfer" }),
      field("status", { default: "confirmed", readonly: true }),
      field("payer", {}),
    ];
    expect(defaults({ fields } as unknown as ObjectSchema)).toEqual({ method: "transfer" });
  });
});
