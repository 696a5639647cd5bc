import { createContext, use } from "react";

/** Who is signed in. */
export interface Viewer {
  userId: string;
  name: string;
  email: string;
  isAdmin: boolean;
  firm: { id: string; name: string };
}

export const ViewerContext = createContext<Viewer | null>(null);

/** Returns who is signed in. Only pages inside of the frame have one. */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error("useViewer is used outside of the frame");
  return viewer;
}
