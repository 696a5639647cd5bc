import { Client, fetchExchange, mapExchange, subscriptionExchange } from "urql";
import { cache } from "./cache.ts";
import { isUnauthenticated } from "./errors.ts";
import { createSocket } from "./socket.ts";
import { createSubscriptions } from "./subscriptions.ts";

/** What the console asks the server with. */
export interface Api {
  client: Client;
  /** Ends the WebSocket: the next subscription opens another, with the session that there is then. */
  disconnect: () => void;
  /** Opens another WebSocket, with the session that there is now, for the subscriptions that there are. */
  resume: () => void;
}

/**
 * Makes a client with an empty cache: one for each time that somebody signs in. onSessionEnded is called when an answer says that nobody is
 * signed in any more.
 */
export function createApi(onSessionEnded: () => void): Api {
  const socket = createSocket();
  const subscriptions = createSubscriptions(socket, onSessionEnded);
  const client = new Client({
    url: "/graphql",
    preferGetMethod: false,
    // urql offers text/event-stream too, which the server would prefer.
    fetchOptions: { headers: { accept: "application/graphql-response+json, application/json" } },
    exchanges: [
      mapExchange({
        onResult(result) {
          if (isUnauthenticated(result.error)) onSessionEnded();
        },
      }),
      cache(),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({ unsubscribe: subscriptions.subscribe({ query: query ?? "", variables }, sink) }),
        }),
      }),
    ],
  });
  return { client, disconnect: () => socket.terminate(), resume: subscriptions.resume };
}
