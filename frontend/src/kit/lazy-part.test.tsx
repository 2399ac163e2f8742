import { render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { lazyDialog, lazyPart } from "./lazy-part";

const Hello = ({ name }: { name: string }) => <p>hello {name}</p>;
const Box = ({ open }: { open: boolean }) => <p>{open ? "open" : "shut"}</p>;

describe("a part that loads when it is needed", () => {
  it("holds its place until it is there", async () => {
    const Part = lazyPart(
      async () => Hello,
      () => <i>waiting</i>,
    );
    render(<Part name="Li" />);
    expect(screen.getByText("waiting")).toBeDefined();
    expect(await screen.findByText("hello Li")).toBeDefined();
  });

  it("is drawn at once when it was fetched before, and is fetched once", async () => {
    const load = vi.fn(async () => Hello);
    const Part = lazyPart(load);
    await Part.preload();
    await Part.preload();
    render(<Part name="Wu" />);
    expect(screen.getByText("hello Wu")).toBeDefined();
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("asks again after a lost connection", async () => {
    const load = vi.fn(async () => Hello).mockRejectedValueOnce(new Error("offline"));
    const Part = lazyPart(load);
    await Part.preload();
    render(<Part name="Ma" />);
    expect(await screen.findByText("hello Ma")).toBeDefined();
  });
});

describe("a dialog that loads when it opens", () => {
  it("does not load while shut, and stays for its closing", async () => {
    const load = vi.fn(async () => Box);
    const Dialog = lazyDialog(load);
    const view = render(<Dialog open={false} />);
    expect(load).not.toHaveBeenCalled();
    view.rerender(<Dialog open />);
    expect(await screen.findByText("open")).toBeDefined();
    view.rerender(<Dialog open={false} />);
    expect(screen.getByText("shut")).toBeDefined();
  });
});
