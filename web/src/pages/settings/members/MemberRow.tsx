import { useState } from "react";
import { type FragmentOf, graphql, readFragment } from "@/api/graphql.ts";
import { roles, roleWords } from "@/format/words/settings.ts";
import { useForm } from "@/session/form.ts";
import { useViewer } from "@/session/viewer.ts";
import { Actions } from "@/ui/Actions.tsx";
import { Button } from "@/ui/Button.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { SelectField } from "@/ui/inputs.tsx";
import { announce } from "@/ui/LiveRegion.tsx";
import { Mark } from "@/ui/Mark.tsx";
import { ResetLink } from "./ResetLink.tsx";

export const MemberRowFields = graphql(`
  fragment MemberRow on User {
    id
    name
    email
    role
  }
`);

const ChangeMemberRole = graphql(`
  mutation ChangeMemberRole($userId: ID!, $role: Role!) {
    changeMemberRole(userId: $userId, role: $role) {
      user { id role }
      userErrors { code message path }
    }
  }
`);

const RemoveMember = graphql(`
  mutation RemoveMember($userId: ID!) {
    removeMember(userId: $userId) {
      removedId
      query {
        viewer {
          id
          firm { id members { id } }
        }
      }
      userErrors { code message path }
    }
  }
`);

interface MemberRowProps {
  member: FragmentOf<typeof MemberRowFields>;
  isSelf: boolean;
}

/** One member, with what an administrator may do. */
export function MemberRow({ member: masked, isSelf }: MemberRowProps) {
  const member = readFragment(MemberRowFields, masked);
  const { isAdmin } = useViewer();
  const [isAsking, setIsAsking] = useState(false);
  const change = useForm(ChangeMemberRole, (data) => data.changeMemberRole);
  const removal = useForm(RemoveMember, (data) => data.removeMember);
  const changeRole = async (role: string) => {
    const done = await change.submit({ userId: member.id, role: role as typeof member.role });
    if (done) announce(`${member.name} is now ${roleWords(role).toLowerCase()}.`);
  };
  const remove = async () => {
    const done = await removal.submit({ userId: member.id });
    setIsAsking(false);
    if (done) announce(`${member.name} was removed.`);
  };
  const problem = Object.values({ ...change.errors, ...removal.errors })[0];
  return (
    <li>
      <div>
        <b>{member.name}</b> {isSelf && <Mark>You</Mark>}
        <div className="mut small">{member.email}</div>
        {problem && (
          <p role="alert" className="small">
            {problem}
          </p>
        )}
      </div>
      {isAdmin ? (
        <Actions>
          <SelectField
            label={`Role of ${member.name}`}
            isLabelHidden
            value={member.role}
            onChange={(event) => changeRole(event.target.value)}
          >
            {roles.map((role) => (
              <option key={role} value={role}>
                {roleWords(role)}
              </option>
            ))}
          </SelectField>
          {!isSelf && <ResetLink userId={member.id} name={member.name} />}
          {!isSelf && (
            <Button isSmall onClick={() => setIsAsking(true)} aria-label={`Remove ${member.name}`}>
              Remove
            </Button>
          )}
        </Actions>
      ) : (
        <span>{roleWords(member.role)}</span>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={`Remove ${member.name}?`}
        confirm={`Remove ${member.name}`}
        onConfirm={remove}
        isBusy={removal.isBusy}
        isDanger
      >
        <p>
          {member.name} is signed out everywhere, and their API tokens stop working. What they did stays in the history,
          and they can be invited again.
        </p>
      </ConfirmDialog>
    </li>
  );
}
