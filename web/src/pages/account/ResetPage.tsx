import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { graphql } from "@/api/graphql.ts";
import { entered, useForm } from "@/session/form.ts";
import { useSession } from "@/session/session.ts";
import { Button } from "@/ui/Button.tsx";
import { ErrorSummary } from "@/ui/ErrorSummary.tsx";
import { Form } from "@/ui/Form.tsx";
import { PasswordField } from "@/ui/inputs.tsx";
import styles from "./account.module.css";
import { Bare } from "./Bare.tsx";

const ResetPassword = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      viewer { id }
      userErrors { code message path }
    }
  }
`);

const route = getRouteApi("/reset/$token");

/** The page on which somebody chooses a new password, by a link from an administrator. */
export function ResetPage() {
  const { token } = route.useParams();
  const session = useSession();
  const router = useRouter();
  const { submit, errors, isBusy } = useForm(ResetPassword, (data) => data.resetPassword);
  const send = async (form: HTMLFormElement) => {
    const { newPassword = "" } = entered(form);
    if (!(await submit({ input: { token, newPassword } }))) return;
    session.restart();
    router.history.replace("/watches");
  };
  if (errors.token) {
    return (
      <Bare title="Choose a new password">
        <p role="alert">This link has been used or is over a day old. Ask an administrator for a new one.</p>
        <Link to="/sign-in">Sign in</Link>
      </Bare>
    );
  }
  return (
    <Bare title="Choose a new password" help="All other sessions end.">
      <Form className={styles.form} onSubmit={send}>
        <ErrorSummary errors={errors} />
        <PasswordField
          id="newPassword"
          name="newPassword"
          label="New password"
          hint="8 or more characters."
          autoComplete="new-password"
          error={errors.newPassword}
        />
        <Button look="main" type="submit" isBusy={isBusy} busyText="Saving…">
          Save and sign in
        </Button>
      </Form>
    </Bare>
  );
}
