import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { Provider } from "urql";
import { type Api, createApi } from "@/api/client.ts";
import { router } from "@/routes.tsx";
import { SessionContext } from "@/session/session.ts";
import { LiveRegion } from "@/ui/LiveRegion.tsx";
import { Toasts } from "@/ui/toasts.tsx";
import { keepFocus } from "./focus.ts";
import { SessionEnded } from "./SessionEnded.tsx";

/** The console: one client of the API for as long as the same user is signed in. */
export function App() {
  const [hasEnded, setHasEnded] = useState(false);
  const [api, setApi] = useState<Api>(() => createApi(() => setHasEnded(true)));
  const current = useRef(api);
  const session = useMemo(
    () => ({
      restart() {
        current.current.disconnect();
        current.current = createApi(() => setHasEnded(true));
        setApi(current.current);
        setHasEnded(false);
      },
      resume() {
        current.current.resume();
        setHasEnded(false);
      },
    }),
    [],
  );
  useEffect(() => keepFocus(router), []);
  return (
    <SessionContext value={session}>
      <Provider value={api.client}>
        <RouterProvider router={router} context={{ client: api.client }} />
        <SessionEnded hasEnded={hasEnded} />
      </Provider>
      <LiveRegion />
      <Toasts />
    </SessionContext>
  );
}
