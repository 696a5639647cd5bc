import { useState } from "react";
import { graphql } from "@/api/graphql.ts";
import { watches } from "@/format/counts.ts";
import { useForm } from "@/session/form.ts";
import { Button } from "@/ui/Button.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { announce } from "@/ui/LiveRegion.tsx";

const Disconnect = graphql(`
  mutation DisconnectClio {
    disconnectClio {
      clioIntegration { id state clioUserName clioFirmName connectedAt problem problemSince }
      userErrors { code message path }
    }
  }
`);

/** Ends the connection. Watches and their links stay. */
export function DisconnectClio({ linkedWatches }: { linkedWatches: number }) {
  const [isAsking, setIsAsking] = useState(false);
  const { submit, errors, isBusy } = useForm(Disconnect, (data) => data.disconnectClio);
  const disconnect = async () => {
    const done = await submit({});
    setIsAsking(false);
    if (done) announce("Clio is disconnected.");
  };
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>Disconnect Clio</Button>
      {Object.values(errors).map((each) => (
        <span key={each} role="alert">
          {each}
        </span>
      ))}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title="Disconnect Clio?"
        confirm="Disconnect Clio"
        onConfirm={disconnect}
        isBusy={isBusy}
        isDanger
      >
        <p>
          {linkedWatches === 0
            ? "Nothing syncs until somebody connects again."
            : `${watches(linkedWatches)} ${linkedWatches === 1 ? "keeps its values and link" : "keep values and links"}; nothing syncs.`}
        </p>
      </ConfirmDialog>
    </>
  );
}
