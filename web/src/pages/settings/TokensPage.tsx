import { useQuery } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { graphql } from "@/api/graphql.ts";
import { Card } from "@/ui/Card.tsx";
import { Empty, LoadFailed } from "@/ui/Empty.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { Title } from "@/ui/Title.tsx";
import { AdministratorsOnly } from "./AdministratorsOnly.tsx";
import styles from "./settings.module.css";
import { TokenForm } from "./tokens/TokenForm.tsx";
import { TokenRow, TokenRowFields } from "./tokens/TokenRow.tsx";

const TokensQuery = graphql(
  `
    query Tokens {
      viewer {
        id
        apiTokens { id ...TokenRow }
      }
    }
  `,
  [TokenRowFields],
);

/** What programs sign in with. */
export function TokensPage() {
  return (
    <AdministratorsOnly what="API tokens are">
      <Title>API tokens</Title>
      <div className={styles.stack}>
        <TokenForm />
        <Tokens />
      </div>
    </AdministratorsOnly>
  );
}

function Tokens() {
  const [{ data, error }, refetch] = useQuery({ query: TokensQuery, requestPolicy: "cache-and-network" });
  const tokens = data?.viewer?.apiTokens;
  return (
    <Card title="API tokens">
      {tokens ? (
        tokens.length > 0 ? (
          <ul className={styles.rows}>
            {tokens.map((each) => (
              <TokenRow key={each.id} token={each} />
            ))}
          </ul>
        ) : (
          <Empty title="No API tokens">A program that uses the API signs in with one.</Empty>
        )
      ) : error ? (
        <LoadFailed
          what="The tokens"
          reason={reasonOf(error)}
          onRetry={() => refetch({ requestPolicy: "network-only" })}
        />
      ) : (
        <SkeletonRows rows={3} />
      )}
    </Card>
  );
}
