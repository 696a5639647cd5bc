import { useState } from "react";
import { graphql } from "@/api/graphql.ts";
import { timeInSentence } from "@/format/dates.ts";
import { useForm } from "@/session/form.ts";
import { Time } from "@/session/Time.tsx";
import { Button } from "@/ui/Button.tsx";
import { CopyText } from "@/ui/CopyText.tsx";
import { Dialog } from "@/ui/Dialog.tsx";

const CreatePasswordReset = graphql(`
  mutation CreatePasswordReset($userId: ID!) {
    createPasswordReset(userId: $userId) {
      resetUrl
      expiresAt
      userErrors { code message path }
    }
  }
`);

/** Makes a link with which a member chooses a new password. It is shown once. */
export function ResetLink({ userId, name }: { userId: string; name: string }) {
  const { submit, errors, isBusy } = useForm(CreatePasswordReset, (data) => data.createPasswordReset);
  const [made, setMade] = useState<{ url: string; until: string | null }>();
  const make = async () => {
    const payload = await submit({ userId });
    if (payload?.resetUrl) setMade({ url: payload.resetUrl, until: payload.expiresAt });
  };
  const close = () => setMade(undefined);
  return (
    <>
      <Button isSmall isBusy={isBusy} onClick={make} aria-label={`New password for ${name}`}>
        New password
      </Button>
      {Object.values(errors).map((each) => (
        <span key={each} role="alert">
          {each}
        </span>
      ))}
      <Dialog
        isOpen={made !== undefined}
        onClose={close}
        title={`A link for ${name}`}
        actions={<Button onClick={close}>Close</Button>}
      >
        <p>
          Give it to {name}: whoever opens it chooses the password. It works once
          {made?.until && (
            <>
              , until <Time at={made.until} as={timeInSentence} />
            </>
          )}
          , and is not shown again.
        </p>
        <CopyText text={made?.url ?? ""} label="Copy link" />
      </Dialog>
    </>
  );
}
