import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { useHotkey } from "@/kit";
import { usePalette } from "./usePalette";

/** A palette whose input comes late, over a page with a shortcut of its own. */
function Page() {
  const palette = usePalette();
  const [loaded, setLoaded] = useState(false);
  const [made, setMade] = useState(0);
  useHotkey("mod+k", palette.toggle);
  useHotkey("c", () => setMade((before) => before + 1));
  return (
    <>
      <p>{`made ${made}, typed ${palette.typed}, ${palette.open ? "open" : "closed"}`}</p>
      <button type="button" onClick={() => setLoaded(true)}>
        load
      </button>
      {palette.open && loaded && (
        <input
          aria-label="field"
          ref={palette.field}
          value={palette.typed}
          onChange={(event) => palette.type(event.target.value)}
        />
      )}
    </>
  );
}

describe("the palette before its input is there", () => {
  it("keeps what is typed, lets nothing through, and gives the rest to the input", async () => {
    render(<Page />);
    await userEvent.keyboard("c{Control>}k{/Control}ecx{Backspace}");
    expect(screen.getByText("made 1, typed ec, open")).toBeDefined();
    fireEvent.click(screen.getByText("load"));
    await userEvent.keyboard("h");
    expect(document.activeElement).toBe(screen.getByLabelText("field"));
    await userEvent.keyboard("o");
    expect(screen.getByText("made 1, typed echo, open")).toBeDefined();
  });

  it("forgets what was typed when it is closed", async () => {
    render(<Page />);
    await userEvent.keyboard("{Control>}k{/Control}ab{Escape}");
    expect(screen.getByText("made 0, typed ab, closed")).toBeDefined();
    await userEvent.keyboard("{Control>}k{/Control}c");
    expect(screen.getByText("made 0, typed c, open")).toBeDefined();
  });
});
