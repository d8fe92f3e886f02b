import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `botflow serve` listens by default; `npm run dev` forwards the API and the socket to it. */
const SERVER = "http://127.0.0.1:8080";

/** Stands in index.html for what the server makes anew for each load (botflow/web.py). */
const NONCE = "botflow-nonce";

export default defineConfig({
  plugins: [react()],
  html: { cspNonce: NONCE },
  build: { outDir: "../botflow/static/app", emptyOutDir: true },
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
