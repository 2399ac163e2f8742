import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { RouterProvider } from "react-router/dom";
import { ErrorBoundary } from "@/kit";
import { Appearance } from "./providers/Appearance";
import { createQueryClient } from "./providers/query-client";
import { createRouter } from "./router";

export function App() {
  const [client] = useState(createQueryClient);
  const [router] = useState(createRouter);
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
