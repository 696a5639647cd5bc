import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { graphql } from "@/api/graphql.ts";
import { entered, useForm } from "@/session/form.ts";
import { useSession } from "@/session/session.ts";
import { Button } from "@/ui/Button.tsx";
import { ErrorSummary } from "@/ui/ErrorSummary.tsx";
import { Form } from "@/ui/Form.tsx";
import { PasswordField, TextField } from "@/ui/inputs.tsx";
import styles from "./account.module.css";
import { Bare } from "./Bare.tsx";

const AcceptInvitation = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      viewer { id }
      userErrors { code message path }
    }
  }
`);

const route = getRouteApi("/invite/$token");

/** The page that an invitation leads to: it works once. */
export function InvitationPage() {
  const { token } = route.useParams();
  const session = useSession();
  const router = useRouter();
  const { submit, errors, isBusy } = useForm(AcceptInvitation, (data) => data.acceptInvitation);
  const send = async (form: HTMLFormElement) => {
    const { name = "", password = "" } = entered(form);
    if (!(await submit({ input: { token, name, password } }))) return;
    session.restart();
    router.history.replace("/watches");
  };
  if (errors.token) {
    return (
      <Bare title="Join your firm">
        <p role="alert">{errors.token}</p>
        <Link to="/sign-in">Sign in</Link>
      </Bare>
    );
  }
  return (
    <Bare title="Join your firm">
      <Form className={styles.form} onSubmit={send}>
        <ErrorSummary errors={errors} />
        <TextField id="name" name="name" label="Your name" autoComplete="name" error={errors.name} />
        <PasswordField
          id="password"
          name="password"
          label="Password"
          hint="8 or more characters."
          autoComplete="new-password"
          error={errors.password}
        />
        <Button look="main" type="submit" isBusy={isBusy} busyText="Joining…">
          Join
        </Button>
      </Form>
    </Bare>
  );
}
