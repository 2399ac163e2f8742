import { describe, expect, it } from "vitest";
import { i18n } from "./i18n";
import { midSentence } from "./mid-sentence";

describe("labels inside a sentence", () => {
  it.each([
    ["Customer", "customer"],
    ["Sales Orders", "sales orders"],
    ["E-mail", "e-mail"],
    ["CLV", "CLV"],
    ["Open API keys", "open API keys"],
    ["iPhone case", "iPhone case"],
    ["Q3 plan", "Q3 plan"],
    ["客户", "客户"],
  ])("%s → %s", (label, expected) => {
    expect(midSentence(label)).toBe(expected);
  });

  it("are asked for by the message itself", () => {
    i18n.addResourceBundle("en", "probe-lower", { made: "New {{name, lower}} “{{title}}”" });
    const text = i18n.t("probe-lower:made", { lng: "en", name: "Sales Order", title: "Big One" });
    expect(text).toBe("New sales order “Big One”");
  });
});
