import react from "@vitejs/plugin-react";
import { defineConfig, type Rolldown } from "vite";

/** Where `botflow serve` listens by default; `npm run dev` forwards the API and the socket to it. */
const SERVER = "http://127.0.0.1:8080";

/** Stands in index.html for what the server makes anew for each load (botflow/web.py). */
const NONCE = "botflow-nonce";

/** What is large, and for some pages only. */
const GRID = "@mui/x-data-grid";
const GRAPHS = "@xyflow";

type Modules = Pick<Rolldown.PluginContext, "getModuleInfo">;

/** Whether a module is of a package, or needs one that is. */
function needs(name: string, id: string, modules: Modules, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  return id.includes(name) || (modules.getModuleInfo(id)?.importedIds ?? []).some((one) => needs(name, one, modules, seen));
}

const ofMost = (id: string, modules: Modules) => (needs(GRID, id, modules) || needs(GRAPHS, id, modules) ? null : "workspace");
const ofGraphs = (id: string, modules: Modules) => (needs(GRAPHS, id, modules) && !needs(GRID, id, modules) ? "graph" : null);

/**
 * What visitors load is one file, what most pages share is another, and what draws graphs a third. Of its own accord the
 * bundler makes a file of each set of pages that share something: fifty small ones came before the editor, one after the
 * other. What a file needs is in it or in those above, so none need each other in a circle.
 */
const CHUNKS = [
  { name: "visitors", tags: ["$initial" as const], priority: 3 },
  { name: ofMost, minShareCount: 5, priority: 2 },
  { name: ofGraphs, minShareCount: 3, priority: 1 },
];

export default defineConfig({
  plugins: [react()],
  html: { cspNonce: NONCE },
  build: {
    outDir: "../botflow/static/app",
    emptyOutDir: true,
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
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
