import { createClient } from "graphql-ws";
import { setStreaming } from "./streaming.ts";

/**
 * The one WebSocket for all subscriptions, opened by the first and closed after the last. It tries again for as long as anybody follows
 * something, at most every 30 seconds.
 */
export function createSocket() {
  const url = new URL("/graphql", window.location.href);
  url.protocol = url.protocol.replace("http", "ws");
  return createClient({
    url: url.href,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    on: { connected: () => setStreaming(true), closed: () => setStreaming(false) },
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(1000 * 2 ** retries, 30_000))),
  });
}
