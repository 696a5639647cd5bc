import { useQuery } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { graphql } from "@/api/graphql.ts";
import { useViewer } from "@/session/viewer.ts";
import { Card } from "@/ui/Card.tsx";
import { LoadFailed } from "@/ui/Empty.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { Title } from "@/ui/Title.tsx";
import { FirmForm } from "./members/FirmForm.tsx";
import { Invitations, InvitationsFields } from "./members/Invitations.tsx";
import { MemberRow, MemberRowFields } from "./members/MemberRow.tsx";
import styles from "./settings.module.css";

const MembersQuery = graphql(
  `
    query Members {
      viewer {
        id
        firm {
          id
          name
          members { id ...MemberRow }
          ...Invitations
        }
      }
    }
  `,
  [MemberRowFields, InvitationsFields],
);

/** Who belongs to the firm. Administrators change it. */
export function MembersPage() {
  const { isAdmin, userId } = useViewer();
  const [{ data, error }, refetch] = useQuery({ query: MembersQuery, requestPolicy: "cache-and-network" });
  const firm = data?.viewer?.firm;
  return (
    <div className={styles.stack}>
      <Title>Members</Title>
      <Card title="Members">
        {firm ? (
          <ul className={styles.rows}>
            {firm.members.map((each) => (
              <MemberRow key={each.id} member={each} isSelf={each.id === userId} />
            ))}
          </ul>
        ) : error ? (
          <LoadFailed
            what="The members"
            reason={reasonOf(error)}
            onRetry={() => refetch({ requestPolicy: "network-only" })}
          />
        ) : (
          <SkeletonRows rows={3} />
        )}
      </Card>
      {isAdmin && firm && <Invitations firm={firm} />}
      {isAdmin ? <FirmForm /> : <p className="mut">Administrators change these.</p>}
    </div>
  );
}
