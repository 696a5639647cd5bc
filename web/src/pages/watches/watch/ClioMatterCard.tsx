import { type FragmentOf, graphql, readFragment } from "@/api/graphql.ts";
import { linkStateWords, matterStatusWords } from "@/format/words/clio.ts";
import { Time } from "@/session/Time.tsx";
import { ExternalButtonLink } from "@/ui/Button.tsx";
import { Card, CardBody } from "@/ui/Card.tsx";
import { EmptyValue } from "@/ui/EmptyValue.tsx";
import { ExternalIcon } from "@/ui/icons.ts";
import styles from "./aside.module.css";

export const ClioMatterFields = graphql(`
  fragment ClioMatterFields on Watch {
    id
    lastSyncedAt
    clioLink { state matterId clientName newClientName matterStatus url }
    syncedFields { field clio }
  }
`);

/** The matter that a watch is linked to, as Clio last showed it. */
export function ClioMatterCard({ watch: data }: { watch: FragmentOf<typeof ClioMatterFields> }) {
  const watch = readFragment(ClioMatterFields, data);
  const link = watch.clioLink;
  if (!link) return null;
  const number = watch.syncedFields.find((each) => each.field === "CASE_NUMBER")?.clio;
  const client = link.state === "CLIENT_CHANGED" ? link.newClientName : link.clientName;
  return (
    <Card title="Clio matter" className={styles.card}>
      <CardBody className={styles.body}>
        <dl className={styles.facts}>
          <div>
            <dt>Matter</dt>
            <dd>{number ?? `Clio’s number ${link.matterId}`}</dd>
          </div>
          <div>
            <dt>Client in Clio</dt>
            <dd>{client ?? <EmptyValue />}</dd>
          </div>
          <div>
            <dt>Matter status</dt>
            <dd>
              {link.state === "MISSING"
                ? linkStateWords(link.state)
                : link.matterStatus
                  ? matterStatusWords(link.matterStatus)
                  : "Not known"}
            </dd>
          </div>
          <div>
            <dt>Last synced</dt>
            <dd>{watch.lastSyncedAt ? <Time at={watch.lastSyncedAt} /> : "Never"}</dd>
          </div>
        </dl>
        <ExternalButtonLink isSmall href={link.url} iconAfter={ExternalIcon}>
          Open in Clio
        </ExternalButtonLink>
      </CardBody>
    </Card>
  );
}
