import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { number } from "@/format/counts.ts";
import { type Status, useStatus } from "@/session/status.ts";
import { useConnectClio } from "@/session/useConnectClio.ts";
import { useViewer } from "@/session/viewer.ts";
import { Actions } from "@/ui/Actions.tsx";
import { Button, ButtonLink } from "@/ui/Button.tsx";
import { Card, CardBody } from "@/ui/Card.tsx";
import { Note } from "@/ui/Note.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { Title } from "@/ui/Title.tsx";
import { Administrators } from "./clio/Administrators.tsx";
import styles from "./clio/clio.module.css";
import { DisconnectClio } from "./clio/DisconnectClio.tsx";
import { stateSentence } from "./clio/sentence.ts";
import { WithClio } from "./clio/WithClio.tsx";

const route = getRouteApi("/app/integrations/clio");

/** How it stands with Clio, and the way out. */
export function ClioPage() {
  const status = useStatus();
  return (
    <>
      <Title>Clio</Title>
      <Returned problem={status?.clioIntegration.problem} />
      {status ? (
        <Connection status={status} />
      ) : (
        <Card title="Clio">
          <SkeletonRows rows={3} />
        </Card>
      )}
    </>
  );
}

function Connection({ status }: { status: Status }) {
  const clio = status.clioIntegration;
  const { isAdmin } = useViewer();
  const isConnected = clio.state === "CONNECTED" || clio.state === "UNREACHABLE";
  const canConnect = clio.state === "NOT_CONNECTED" || clio.state === "NEEDS_RECONNECT";
  return (
    <Card title={stateSentence(clio)}>
      <CardBody className={styles.body}>
        {clio.clioUserName || clio.connectedAt ? <WithClio clio={clio} /> : null}
        {clio.problem && <Note tone="attention">{clio.problem}</Note>}
        {clio.state === "NOT_CONFIGURED" && <p>Whoever runs this server has to enter Clio’s keys.</p>}
        {clio.state === "NOT_CONNECTED" && (
          <p>You sign in at Clio and allow reading. Watchkeeper never changes anything in Clio.</p>
        )}
        {status.linkedWatches > 0 && <p className="mut">{number(status.linkedWatches)} watches are linked to Clio.</p>}
        {isAdmin ? (
          <Actions>
            {canConnect && <Connect isAgain={clio.state === "NEEDS_RECONNECT"} />}
            {isConnected && <ButtonLink to="/integrations/matters">Import from Clio</ButtonLink>}
            {(isConnected || clio.state === "NEEDS_RECONNECT") && (
              <DisconnectClio linkedWatches={status.linkedWatches} />
            )}
          </Actions>
        ) : (
          canConnect && <Administrators />
        )}
      </CardBody>
    </Card>
  );
}

function Connect({ isAgain }: { isAgain: boolean }) {
  const { connect, problem, isBusy } = useConnectClio(isAgain ? "/integrations/clio" : "/integrations/matters?first=1");
  return (
    <>
      <Button look="main" onClick={connect} isBusy={isBusy} busyText="Asking Clio…">
        {isAgain ? "Reconnect Clio" : "Connect Clio"}
      </Button>
      {problem && <span role="alert">{problem}</span>}
    </>
  );
}

/** Tells once how it went, when Clio has sent the browser back. */
function Returned({ problem }: { problem: string | null | undefined }) {
  const { clio } = route.useSearch();
  const [outcome] = useState(clio);
  const navigate = useNavigate();
  useEffect(() => {
    if (clio) navigate({ to: "/integrations/clio", replace: true });
  }, [clio, navigate]);
  if (outcome === "connected")
    return <Note tone="ok" role="status" title="Clio is connected." className={styles.told ?? ""} />;
  if (outcome === "declined") {
    return (
      <Note role="status" title="Nothing was connected." className={styles.told ?? ""}>
        Try again when you are ready.
      </Note>
    );
  }
  if (outcome === "error") {
    return (
      <Note tone="danger" role="alert" title="Clio was not connected." className={styles.told ?? ""}>
        {problem ?? "Clio did not complete it. Try again."}
      </Note>
    );
  }
  return null;
}
