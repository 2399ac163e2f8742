import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const backend = process.env.GUANXI_DEV_BACKEND ?? "http://127.0.0.1:8000";
const proxied = { target: backend, changeOrigin: false };

// Django serves index.html for every page route and the server mounts /static, so only the build lives under a prefix.
export default defineConfig(({ command }) => ({
  base: command === "build" ? "/static/app/" : "/",
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { proxy: { "/api": proxied, "/_allauth": proxied, "/admin": proxied } },
  build: {
    outDir: "../guanxi/web/static/app",
    emptyOutDir: true,
    manifest: true,
    // Everything the shell needs is one cached vendor group per change rhythm; pages split on their own.
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: "react",
              test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack|i18next|react-i18next)[\\/]/,
              priority: 30,
            },
          ],
        },
      },
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test-setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
  },
}));
