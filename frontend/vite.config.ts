import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const backend = process.env.GUANXI_DEV_BACKEND ?? "http://127.0.0.1:8000";
const proxied = { target: backend, changeOrigin: false };

/**
 * Ant Design's ConfigProvider wants one context of the form library and imports its index, whose body touches every part
 * of it: pages without a form would load all of it. Asking for the file that holds the context is the same module.
 */
const formContextOnly: Plugin = {
  name: "form-context-only",
  enforce: "pre",
  async resolveId(source, importer) {
    if (source !== "@rc-component/form" || !importer) return null;
    if (!/antd[\\/]es[\\/]form[\\/]context\.js$/.test(importer)) return null;
    return this.resolve("@rc-component/form/es/FormContext.js", importer, { skipSelf: true });
  },
};

/** The parts that people open all day: all they need is asked for at once. */
const OFTEN =
  /\/(Workbench|Object|Record|SignIn|Import)Page-|\/(TableView|CardList|Board|PreviewPane|PhoneRecord|UploadStep|FieldRead|Composer)-/;

// Django serves index.html for every page route and the server mounts /static, so only the build lives under a prefix.
export default defineConfig(({ command }) => ({
  base: command === "build" ? "/static/app/" : "/",
  plugins: [react(), formContextOnly],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { proxy: { "/api": proxied, "/_allauth": proxied, "/admin": proxied } },
  build: {
    outDir: "../guanxi/web/static/app",
    emptyOutDir: true,
    manifest: true,
    chunkSizeWarningLimit: 900,
    // The entry names what each part loads along with itself. For all parts together that would be 7 kB on every page:
    // parts that are opened seldom find what they import when they arrive, one way to the server later.
    modulePreload: {
      resolveDependencies: (file, needed) =>
        OFTEN.test(file) ? needed : needed.filter((name) => name.endsWith(".css")),
    },
    rolldownOptions: {
      // These packages do nothing by being imported but do not say so, and Ant Design asks them for single pieces:
      // without this its ConfigProvider brings the whole form library to every page.
      treeshake: {
        moduleSideEffects: [{ test: /node_modules[\\/](@rc-component|@ant-design)[\\/]/, sideEffects: false }],
      },
      output: {
        // One cached file for what changes rarely and every page needs; pages split on their own.
        codeSplitting: {
          groups: [
            {
              name: "react",
              test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack[\\/](query-core|react-query)|i18next|react-i18next)[\\/]/,
              priority: 30,
            },
            // What the first script needs is one file, so that no page waits for a chain of small ones.
            { name: "app", tags: ["$initial"], priority: 20 },
            { name: "icons", test: /node_modules[\\/]lucide-react/, minShareCount: 2, priority: 10 },
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
