import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `botflow serve` listens by default; `npm run dev` forwards the API and the socket to it. */
const SERVER = "http://127.0.0.1:8080";

/** Stands in index.html for what the server makes anew for each load (botflow/web.py). */
const NONCE = "botflow-nonce";

/**
 * What visitors load is one file; what pages share is a few. Of its own accord the bundler makes a file of each set of
 * pages that share something: fifty small ones came before the editor, one after the other.
 */
const CHUNKS = [
  { name: "visitors", tags: ["$initial" as const], priority: 1 },
  { name: "shared", minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 20_000 },
];

export default defineConfig({
  plugins: [react()],
  html: { cspNonce: NONCE },
  build: {
    outDir: "../botflow/static/app",
    emptyOutDir: true,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: CHUNKS },
        // files that were joined may need each other in a circle: what is in them still runs in the order of the imports
        strictExecutionOrder: true,
        chunkFileNames: ({ name }) => `assets/${name.split("~")[0]}-[hash].js`,
      },
    },
  },
  server: {
    host: "127.0.0.1",
    // the server answers pages of its own origin only
    proxy: {
      "/api": SERVER,
      "^/media/[^/]+/[^/]+/": SERVER, // links; /media itself is a page
      "/socket.io": { target: SERVER, ws: true, changeOrigin: true, headers: { origin: SERVER } },
    },
  },
});
