import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { RouterProvider } from "react-router/dom";
import { ErrorBoundary } from "@/kit";
import { Appearance } from "./providers/Appearance";
import { askAtTheDoor, createQueryClient } from "./providers/query-client";
import { createRouter } from "./router";

function start() {
  const client = createQueryClient();
  askAtTheDoor(client, location.pathname);
  return { client, router: createRouter(client) };
}

export function App() {
  const [{ client, router }] = useState(start);
  return (
    <QueryClientProvider client={client}>
      <Appearance>
        <ErrorBoundary>
          <RouterProvider router={router} />
        </ErrorBoundary>
      </Appearance>
    </QueryClientProvider>
  );
}
