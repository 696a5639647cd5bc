import { Link } from "@tanstack/react-router";
import { useQuery } from "urql";
import { graphql } from "@/api/graphql.ts";
import { useStatus } from "@/session/status.ts";
import { useViewer } from "@/session/viewer.ts";
import { ButtonLink } from "@/ui/Button.tsx";
import { Title } from "@/ui/Title.tsx";
import { ConnectClioStep } from "./ConnectClioStep.tsx";
import styles from "./first.module.css";
import { Step } from "./Step.tsx";
import { firstSteps, stepsLeft } from "./steps.ts";

const FirstRunQuery = graphql(`
  query FirstRun {
    syncSettings { id autoSyncEnabled frequency }
  }
`);

/** The list before there is any watch: what to do, ticked by what is true. */
export function FirstRun() {
  const viewer = useViewer();
  const clio = useStatus()?.clioIntegration;
  const [{ data }] = useQuery({ query: FirstRunQuery });
  const settings = data?.syncSettings;
  const isDaily = Boolean(settings?.autoSyncEnabled && settings.frequency !== "MANUAL");
  const steps = firstSteps({ clioState: clio?.state, hasWatches: false, isDaily });
  const role = viewer.isAdmin ? "You are its administrator." : "You are a member.";
  return (
    <div className={styles.welcome}>
      <Title>Watches</Title>
      <h1 tabIndex={-1}>Welcome, {viewer.name.split(" ")[0]}</h1>
      <p className={styles.lead}>{stepsLeft(steps)} After that your watches keep themselves current.</p>
      <ol className={styles.steps}>
        <Step number={1} state={steps.firm} title="Your firm is set up">
          {viewer.firm.name}. {role}
        </Step>
        <ConnectClioStep state={steps.connect} />
        <Step
          number={3}
          state={steps.matters}
          title="Choose matters to watch"
          actions={
            <ButtonLink look="main" to="/integrations/matters" search={{ first: 1 }}>
              Choose matters
            </ButtonLink>
          }
        >
          Pick the people from your Clio matters. Each becomes a watch.
        </Step>
        <Step number={4} state={steps.daily} title="Turn on daily sync">
          So that a corrected name or a new address arrives by itself.
        </Step>
      </ol>
      <p className={styles.byHand}>
        No Clio? <Link to="/watches/new">Add a watch by hand</Link>
      </p>
    </div>
  );
}
