import { useEffect, useState } from "react";
import { SignInForm } from "@/pages/account/SignInForm.tsx";
import { lastViewer } from "@/session/lastViewer.ts";
import { useSession } from "@/session/session.ts";
import { Dialog } from "@/ui/Dialog.tsx";
import { announce } from "@/ui/LiveRegion.tsx";

/** Asks somebody whose session ended to sign in again, over the page: what they typed stays. */
export function SessionEnded({ hasEnded }: { hasEnded: boolean }) {
  const session = useSession();
  const [before, setBefore] = useState(lastViewer());
  useEffect(() => {
    if (!hasEnded) return;
    setBefore(lastViewer());
    if (lastViewer()) announce("Your session has ended. Sign in again.", "assertive");
  }, [hasEnded]);
  if (!before) return null; // nobody was signed in: the page of sign-in says so
  return (
    <Dialog isOpen={hasEnded} onClose={() => {}} mustAnswer title="Your session has ended">
      <p>Sign in again to go on. What you typed is still here.</p>
      <SignInForm
        email={before.email}
        onSignedIn={(userId) => {
          if (userId === before.userId) session.resume();
          else session.restart();
        }}
      />
    </Dialog>
  );
}
