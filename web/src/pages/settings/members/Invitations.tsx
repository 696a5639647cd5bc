import { useState } from "react";
import { type FragmentOf, graphql, readFragment } from "@/api/graphql.ts";
import { dayInSentence } from "@/format/dates.ts";
import { roles, roleWords } from "@/format/words/settings.ts";
import { entered, useForm } from "@/session/form.ts";
import { Time } from "@/session/Time.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card, CardBody } from "@/ui/Card.tsx";
import { CopyText } from "@/ui/CopyText.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { ErrorSummary } from "@/ui/ErrorSummary.tsx";
import { Form } from "@/ui/Form.tsx";
import { InviteIcon } from "@/ui/icons.ts";
import { SelectField, TextField } from "@/ui/inputs.tsx";
import { announce } from "@/ui/LiveRegion.tsx";
import styles from "../settings.module.css";

export const InvitationsFields = graphql(`
  fragment Invitations on Firm {
    id
    invitations {
      id
      email
      role
      expiresAt
      invitedBy { id name }
    }
  }
`);

const InviteMember = graphql(
  `
    mutation InviteMember($input: InviteMemberInput!) {
      inviteMember(input: $input) {
        invitationUrl
        query {
          viewer { id firm { ...Invitations } }
        }
        userErrors { code message path }
      }
    }
  `,
  [InvitationsFields],
);

const RevokeInvitation = graphql(
  `
    mutation RevokeInvitation($id: ID!) {
      revokeInvitation(id: $id) {
        revokedId
        query {
          viewer { id firm { ...Invitations } }
        }
        userErrors { code message path }
      }
    }
  `,
  [InvitationsFields],
);

/** Open invitations, and the form for another. Its link is shown once, to be sent by whoever invites. */
export function Invitations({ firm: masked }: { firm: FragmentOf<typeof InvitationsFields> }) {
  const { invitations } = readFragment(InvitationsFields, masked);
  const invite = useForm(InviteMember, (data) => data.inviteMember);
  const revocation = useForm(RevokeInvitation, (data) => data.revokeInvitation);
  const [made, setMade] = useState<{ url: string; email: string }>();
  const send = async (form: HTMLFormElement) => {
    const { email = "", role = "MEMBER" } = entered(form);
    const payload = await invite.submit({ input: { email, role: role as "ADMIN" | "MEMBER" } });
    if (!payload?.invitationUrl) return;
    form.reset();
    setMade({ url: payload.invitationUrl, email });
  };
  const revoke = async (id: string) => {
    if (await revocation.submit({ id })) announce("The invitation is revoked.");
  };
  const close = () => setMade(undefined);
  return (
    <Card title="Invitations">
      <CardBody>
        <Form onSubmit={send}>
          <ErrorSummary errors={{ ...invite.errors, ...revocation.errors }} />
          <div className={styles.inline}>
            <TextField id="email" name="email" type="email" label="E-mail" error={invite.errors.email} />
            <SelectField name="role" label="Role" defaultValue="MEMBER">
              {roles.map((role) => (
                <option key={role} value={role}>
                  {roleWords(role)}
                </option>
              ))}
            </SelectField>
            <Button type="submit" icon={InviteIcon} isBusy={invite.isBusy} busyText="Inviting…">
              Invite
            </Button>
          </div>
        </Form>
      </CardBody>
      <ul className={styles.rows}>
        {invitations?.map((each) => (
          <li key={each.id}>
            <div>
              {each.email}
              <div className="mut small">
                {roleWords(each.role)}
                {each.invitedBy && `, invited by ${each.invitedBy.name}`}, until{" "}
                <Time at={each.expiresAt} as={dayInSentence} />
              </div>
            </div>
            <Button isSmall onClick={() => revoke(each.id)} aria-label={`Revoke the invitation of ${each.email}`}>
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      <Dialog
        isOpen={made !== undefined}
        onClose={close}
        title={`An invitation for ${made?.email}`}
        actions={<Button onClick={close}>Close</Button>}
      >
        <p>Send them this link. It works once, for seven days, and is not shown again.</p>
        <CopyText text={made?.url ?? ""} label="Copy link" />
      </Dialog>
    </Card>
  );
}
