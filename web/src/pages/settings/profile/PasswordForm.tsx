import { useState } from "react";
import { graphql } from "@/api/graphql.ts";
import { entered, useForm } from "@/session/form.ts";
import { useViewer } from "@/session/viewer.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, CardBody } from "@/ui/Card.tsx";
import { ErrorSummary } from "@/ui/ErrorSummary.tsx";
import { Form } from "@/ui/Form.tsx";
import { PasswordField } from "@/ui/inputs.tsx";
import { announce } from "@/ui/LiveRegion.tsx";
import { Note } from "@/ui/Note.tsx";
import styles from "../settings.module.css";

const ChangePassword = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
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

/** Changes the password, which ends the user's other sessions. */
export function PasswordForm() {
  const { email } = useViewer();
  const { submit, errors, isBusy } = useForm(ChangePassword, (data) => data.changePassword);
  const [isDone, setIsDone] = useState(false);
  const save = async (form: HTMLFormElement) => {
    setIsDone(false);
    const { currentPassword = "", newPassword = "" } = entered(form);
    if (!(await submit({ input: { currentPassword, newPassword } }))) return;
    form.reset();
    setIsDone(true);
    announce("The password is changed. Your other sessions have ended.");
  };
  return (
    <Card title="Password">
      <CardBody>
        <Form className={styles.form} onSubmit={save}>
          <ErrorSummary errors={errors} />
          {isDone && <Note tone="ok">The password is changed. Your other sessions have ended.</Note>}
          <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
          <PasswordField
            id="currentPassword"
            name="currentPassword"
            label="Password until now"
            autoComplete="current-password"
            error={errors.currentPassword}
          />
          <PasswordField
            id="newPassword"
            name="newPassword"
            label="New password"
            hint="8 or more characters. Your other sessions end."
            autoComplete="new-password"
            error={errors.newPassword}
          />
          <div>
            <Button type="submit" isBusy={isBusy} busyText="Saving…">
              Change password
            </Button>
          </div>
        </Form>
      </CardBody>
    </Card>
  );
}
