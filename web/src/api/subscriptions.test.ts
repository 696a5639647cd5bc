import type { FormattedExecutionResult, Sink } from "graphql-ws";
import { expect, test, vi } from "vitest";
import { createSubscriptions } from "@/api/subscriptions.ts";

type Server = Sink<FormattedExecutionResult>;

function begin() {
  const servers: Server[] = [];
  const socket = {
    subscribe: (_: unknown, server: unknown) => {
      servers.push(server as Server);
      return () => {};
    },
    terminate: vi.fn(),
  };
  const onSessionEnded = vi.fn();
  const sink = { next: vi.fn(), error: vi.fn(), complete: vi.fn() };
  const subscriptions = createSubscriptions(socket as never, onSessionEnded);
  const stop = subscriptions.subscribe({ query: "subscription { a }" }, sink);
  const endSession = () => {
    servers.at(-1)?.next({ errors: [{ message: "Sign in.", extensions: { code: "UNAUTHENTICATED" } }] } as never);
    servers.at(-1)?.complete();
  };
  return { servers, sink, stop, endSession, onSessionEnded, ...subscriptions };
}

test("a subscription that ended with the session goes on after somebody signs in again", () => {
  const { servers, sink, endSession, onSessionEnded, resume } = begin();
  endSession();
  expect(onSessionEnded).toHaveBeenCalledOnce();
  expect(sink.next).not.toHaveBeenCalled();
  expect(sink.complete).not.toHaveBeenCalled();
  resume();
  expect(servers).toHaveLength(2);
  servers[1]?.next({ data: { a: 1 } });
  expect(sink.next).toHaveBeenCalledExactlyOnceWith({ data: { a: 1 } });
});

test("a subscription that nobody follows any more is not begun again", () => {
  const { servers, stop, endSession, resume } = begin();
  endSession();
  stop();
  resume();
  expect(servers).toHaveLength(1);
});

test("a subscription that the server completes is over", () => {
  const { servers, sink, resume } = begin();
  servers[0]?.complete();
  expect(sink.complete).toHaveBeenCalledOnce();
  resume();
  expect(servers).toHaveLength(1);
});
