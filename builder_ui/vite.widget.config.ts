import { defineConfig } from "vite";

/** The script that other sites load: one file under a lasting name, which is no module, beside the page. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "../botflow/static/app",
    emptyOutDir: false,
    lib: { entry: "widget/main.ts", formats: ["iife"], name: "botflowWidget", fileName: () => "widget.js" },
  },
});
