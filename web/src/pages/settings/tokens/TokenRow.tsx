import { useState } from "react";
import { type FragmentOf, graphql, readFragment } from "@/api/graphql.ts";
import { dayInSentence } from "@/format/dates.ts";
import { accessWords } from "@/format/words/settings.ts";
import { useForm } from "@/session/form.ts";
import { Time } from "@/session/Time.tsx";
import { Button } from "@/ui/Button.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { announce } from "@/ui/LiveRegion.tsx";

export const TokenRowFields = graphql(`
  fragment TokenRow on ApiToken {
    id
    name
    access
    createdAt
    lastUsedAt
    expiresAt
    createdBy { id name }
  }
`);

const RevokeApiToken = graphql(`
  mutation RevokeApiToken($id: ID!) {
    revokeApiToken(id: $id) {
      revokedId
      query {
        viewer {
          id
          apiTokens { id }
        }
      }
      userErrors { code message path }
    }
  }
`);

/** One API token. */
export function TokenRow({ token: masked }: { token: FragmentOf<typeof TokenRowFields> }) {
  const token = readFragment(TokenRowFields, masked);
  const [isAsking, setIsAsking] = useState(false);
  const { submit, errors, isBusy } = useForm(RevokeApiToken, (data) => data.revokeApiToken);
  const revoke = async () => {
    const done = await submit({ id: token.id });
    setIsAsking(false);
    if (done) announce(`The token ${token.name} is revoked.`);
  };
  return (
    <li>
      <div>
        <b>{token.name}</b>
        <div className="mut small">
          {accessWords(token.access)}, made by {token.createdBy.name} <Time at={token.createdAt} as={dayInSentence} />.{" "}
          {token.lastUsedAt ? (
            <>
              Last used <Time at={token.lastUsedAt} as={dayInSentence} />.
            </>
          ) : (
            "Never used."
          )}{" "}
          {token.expiresAt && (
            <>
              Expires <Time at={token.expiresAt} as={dayInSentence} />.
            </>
          )}
        </div>
        {Object.values(errors).map((each) => (
          <p key={each} role="alert">
            {each}
          </p>
        ))}
      </div>
      <Button isSmall onClick={() => setIsAsking(true)} aria-label={`Revoke ${token.name}`}>
        Revoke
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={`Revoke ${token.name}?`}
        confirm="Revoke for good"
        onConfirm={revoke}
        isBusy={isBusy}
        isDanger
      >
        <p>Programs that use it can no longer sign in.</p>
      </ConfirmDialog>
    </li>
  );
}
