import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The bare page that `make bench-ui` measures beside the builder; it is never shipped. */
export default defineConfig({
  root: "bench",
  base: "./",
  plugins: [react()],
  build: { outDir: resolve("..", ".bench", "bare"), emptyOutDir: true, target: "esnext" },
});
