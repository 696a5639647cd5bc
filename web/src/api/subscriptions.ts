import type { Client, FormattedExecutionResult, Sink } from "graphql-ws";

/** A subscription, as it is sent. */
interface Request {
  query: string;
  variables?: Record<string, unknown>;
}

/**
 * The subscriptions of a page. One that the server ended because nobody was signed in any more is not over: it waits until somebody has signed in
 * again. urql would keep its error beside all that follows: onSessionEnded is told instead.
 */
export function createSubscriptions(socket: Pick<Client, "subscribe" | "terminate">, onSessionEnded: () => void) {
  const waiting = new Set<() => void>();

  const subscribe = (request: Request, sink: Sink<FormattedExecutionResult>): (() => void) => {
    let stop = () => {};
    const start = () => {
      let hasSessionEnded = false;
      stop = socket.subscribe(request, {
        next(result) {
          hasSessionEnded = isOfEndedSession(result);
          if (hasSessionEnded) onSessionEnded();
          else sink.next(result as FormattedExecutionResult);
        },
        error: (problem) => sink.error(problem),
        complete() {
          if (hasSessionEnded) waiting.add(start);
          else sink.complete();
        },
      });
    };
    start();
    return () => {
      waiting.delete(start);
      stop();
    };
  };

  /** Goes on with the session that there is now, on another socket. */
  const resume = () => {
    socket.terminate();
    const starts = [...waiting];
    waiting.clear();
    for (const start of starts) start();
  };

  return { subscribe, resume };
}

function isOfEndedSession({ errors }: FormattedExecutionResult<unknown, unknown>): boolean {
  return errors?.some((each) => each.extensions?.code === "UNAUTHENTICATED") ?? false;
}
