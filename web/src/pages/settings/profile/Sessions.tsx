import { useQuery } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { graphql } from "@/api/graphql.ts";
import { dateTimeInSentence } from "@/format/dates.ts";
import { useForm } from "@/session/form.ts";
import { Time } from "@/session/Time.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card, CardBody } from "@/ui/Card.tsx";
import { LoadFailed } from "@/ui/Empty.tsx";
import { announce } from "@/ui/LiveRegion.tsx";
import { Mark } from "@/ui/Mark.tsx";
import { Note } from "@/ui/Note.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import styles from "../settings.module.css";
import { deviceOf } from "./device.ts";

const SessionsQuery = graphql(`
  query Sessions {
    viewer {
      id
      sessions { id createdAt lastSeenAt userAgent current }
    }
  }
`);

const RevokeSession = graphql(`
  mutation RevokeSession($id: ID!) {
    revokeSession(id: $id) {
      revokedId
      query {
        viewer {
          id
          sessions { id createdAt lastSeenAt userAgent current }
        }
      }
      userErrors { code message path }
    }
  }
`);

/** Where the user is signed in. */
export function Sessions() {
  const [{ data, error }, refetch] = useQuery({ query: SessionsQuery, requestPolicy: "cache-and-network" });
  const { submit, errors } = useForm(RevokeSession, (result) => result.revokeSession);
  const end = async (id: string) => {
    if (await submit({ id })) announce("The session has ended.");
  };
  const sessions = data?.viewer?.sessions;
  return (
    <Card title="Where you are signed in">
      {Object.values(errors).map((each) => (
        <CardBody key={each}>
          <Note tone="danger" role="alert">
            {each}
          </Note>
        </CardBody>
      ))}
      {sessions ? (
        <ul className={styles.rows}>
          {sessions.map((each) => (
            <li key={each.id}>
              <div>
                {deviceOf(each.userAgent)} {each.current && <Mark tone="ok">This browser</Mark>}
                <div className="mut small">
                  Signed in <Time at={each.createdAt} as={dateTimeInSentence} />, last seen{" "}
                  <Time at={each.lastSeenAt} as={dateTimeInSentence} />
                </div>
              </div>
              {!each.current && (
                <Button isSmall onClick={() => end(each.id)} aria-label={`Sign out ${deviceOf(each.userAgent)}`}>
                  Sign out
                </Button>
              )}
            </li>
          ))}
        </ul>
      ) : error ? (
        <LoadFailed
          what="The sessions"
          reason={reasonOf(error)}
          onRetry={() => refetch({ requestPolicy: "network-only" })}
        />
      ) : (
        <SkeletonRows rows={2} />
      )}
    </Card>
  );
}
