import { fileURLToPath } from "node:url";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The server that `npm run dev` sends the API's requests to.
const server = process.env.WATCHKEEPER ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react(), { ...optimizeLocales.vite({ locales: ["en-US"] }), enforce: "pre" }],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    manifest: true,
    assetsInlineLimit: 0, // the server's Content-Security-Policy refuses data: addresses
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Libraries change seldom: apart from the console's own code, browsers keep them over an update.
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules\/(react|react-dom|scheduler|@tanstack)\//, priority: 2 },
            // What most pages share, in one file: each file has headers of its own on the wire.
            { name: "parts", test: /\/src\/(ui|session|api|format)\/|lucide-react/, minShareCount: 4, priority: 1 },
            { name: "data", test: /node_modules\/(urql|@urql|wonka|graphql-ws|@0no-co|gql\.tada)\//, priority: 2 },
          ],
        },
      },
    },
  },
  // Not changeOrigin: the server compares Origin with its own address.
  server: { proxy: { "/graphql": { target: server, ws: true }, "/oauth": server } },
  test: { include: ["src/**/*.test.{ts,tsx}"] },
});
