import { createContext, use } from "react";

/** What changes who is signed in. */
export interface Session {
  /** After somebody signed in or out: nothing that was read before is kept. */
  restart: () => void;
  /** After the same user signed in again: what was read stays. */
  resume: () => void;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession is used outside of the app");
  return session;
}
