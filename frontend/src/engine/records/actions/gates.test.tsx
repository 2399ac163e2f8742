import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import type { ActionSchema, ObjectSchema, RecordData } from "@/api/types";
import { addActionGate, useOpen } from "./gates";

const object = { key: "crate" } as ObjectSchema;
const actions = ["open", "free"].map((key) => ({ key })) as ActionSchema[];

function Wrapper({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>;
}

test("a gated action waits for its answer, and is there for the records that it is for alone", async () => {
  addActionGate<{ held: boolean }>("crate", "open", (record) => ({
    queryKey: ["crate", record.id],
    queryFn: () => Promise.resolve({ held: record.id === "full" }),
    select: (told) => told.held,
  }));
  const offered = (id: string) =>
    renderHook(() => useOpen(object, { id, object: "crate", title: "" } as RecordData, actions), { wrapper: Wrapper });
  const full = offered("full");
  expect(full.result.current.map(({ key }) => key)).toEqual(["free"]);
  await waitFor(() => expect(full.result.current.map(({ key }) => key)).toEqual(["open", "free"]));
  const empty = offered("empty");
  await new Promise((done) => setTimeout(done, 20));
  expect(empty.result.current.map(({ key }) => key)).toEqual(["free"]);
});
