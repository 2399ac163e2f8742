import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { useQuiet } from "./useQuiet";

let answer: (value: string) => void = () => undefined;

function Page() {
  const quiet = useQuiet();
  useQuery({ queryKey: ["first"], queryFn: () => new Promise<string>((resolve) => (answer = resolve)) });
  return <p>{quiet ? "quiet" : "busy"}</p>;
}

describe("what is not urgent", () => {
  it("waits until the page has what it came for", async () => {
    render(
      <QueryClientProvider client={new QueryClient()}>
        <Page />
      </QueryClientProvider>,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(screen.getByText("busy")).toBeDefined();
    answer("there");
    await waitFor(() => expect(screen.getByText("quiet")).toBeDefined());
  });
});
