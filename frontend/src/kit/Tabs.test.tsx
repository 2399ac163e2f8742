import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { Tabs } from "./Tabs";

const items = [
  { key: "a", label: "Activity", children: <p>what happened</p> },
  { key: "customer.parent", label: "Branches", children: <p>who belongs</p> },
];

describe("tabs", () => {
  it("open by click and by arrow keys, one panel at a time", async () => {
    render(<Tabs items={items} label="Record" />);
    expect(screen.getByText("what happened")).toBeDefined();
    await userEvent.click(screen.getByRole("tab", { name: "Branches" }));
    expect(screen.getByRole("tabpanel", { name: "Branches" }).textContent).toBe("who belongs");
    await userEvent.keyboard("{ArrowRight}");
    expect(screen.queryByText("who belongs")).toBeNull();
    expect(document.activeElement?.textContent).toBe("Activity");
  });
});
