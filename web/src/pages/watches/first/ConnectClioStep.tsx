import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { graphql } from "@/api/graphql.ts";
import { listed } from "@/format/text.ts";
import { userErrorWords } from "@/format/words/errors.ts";
import { useClock } from "@/session/clock.ts";
import { useStatus } from "@/session/status.ts";
import { useViewer } from "@/session/viewer.ts";
import { Button, ButtonLink } from "@/ui/Button.tsx";
import { Note } from "@/ui/Note.tsx";
import styles from "./first.module.css";
import { Step } from "./Step.tsx";
import type { StepState } from "./steps.ts";

const ConnectClio = graphql(`
  mutation ConnectClioFirst($returnTo: String) {
    connectClio(returnTo: $returnTo) {
      authorizationUrl
      userErrors { code message path retryAt }
    }
  }
`);

const AdministratorsQuery = graphql(`
  query Administrators {
    viewer {
      id
      firm {
        id
        members { id name role }
      }
    }
  }
`);

/** Where Clio sends the browser back to: the choice of matters. */
const returnTo = "/integrations/matters?first=1";

/** The step that connects Clio, or says who can. */
export function ConnectClioStep({ state }: { state: StepState }) {
  const clio = useStatus()?.clioIntegration;
  const { isAdmin } = useViewer();
  if (state === "done") return <ConnectedStep />;
  if (clio?.state === "NOT_CONFIGURED") {
    return (
      <Step number={2} state={state} title="Connect Clio">
        Clio is not set up on this server. Whoever runs it has to enter Clio’s keys.
      </Step>
    );
  }
  return isAdmin ? (
    <ConnectStep state={state} isAgain={clio?.state === "NEEDS_RECONNECT"} />
  ) : (
    <MemberStep state={state} />
  );
}

function ConnectedStep() {
  const clio = useStatus()?.clioIntegration;
  const as = [clio?.clioUserName, clio?.clioFirmName].filter(Boolean).join(", ");
  return (
    <Step number={2} state="done" title="Clio is connected">
      {as ? `Connected as ${as}.` : "Watchkeeper never changes anything in Clio."}
    </Step>
  );
}

function ConnectStep({ state, isAgain }: { state: StepState; isAgain: boolean }) {
  const [, connect] = useMutation(ConnectClio);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const clock = useClock();
  const start = async () => {
    setIsBusy(true);
    setProblem(undefined);
    const { data, error } = await connect({ returnTo });
    const address = data?.connectClio?.authorizationUrl;
    if (address) return window.location.assign(address); // busy until the page is left
    const [refusal] = data?.connectClio?.userErrors ?? [];
    setIsBusy(false);
    setProblem(refusal ? userErrorWords(refusal, { clock }) : error ? reasonOf(error) : "Nothing was connected.");
  };
  return (
    <Step
      number={2}
      state={state}
      title="Connect Clio"
      problem={
        problem && (
          <Note tone="danger" role="alert" className={styles.problem ?? ""}>
            {problem}
          </Note>
        )
      }
      actions={
        <>
          <Button look="main" isBusy={isBusy} busyText="Opening Clio…" slowText="Clio is slow today" onClick={start}>
            {isAgain ? "Reconnect Clio" : "Connect Clio"}
          </Button>
          <ButtonLink look="quiet" to="/settings/members">
            Ask a colleague to do it
          </ButtonLink>
        </>
      }
    >
      You sign in at Clio and allow reading. Watchkeeper never changes anything in Clio.
    </Step>
  );
}

function MemberStep({ state }: { state: StepState }) {
  const [{ data }] = useQuery({ query: AdministratorsQuery });
  const members = data?.viewer?.firm.members ?? [];
  const administrators = members.filter((each) => each.role === "ADMIN").map((each) => each.name);
  return (
    <Step number={2} state={state} title="Connect Clio">
      {administrators.length > 0 ? listed(administrators) : "An administrator"} can connect Clio.
    </Step>
  );
}
