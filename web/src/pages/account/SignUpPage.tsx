import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useQuery } from "urql";
import { graphql } from "@/api/graphql.ts";
import { entered, useForm } from "@/session/form.ts";
import { useSession } from "@/session/session.ts";
import { Button } from "@/ui/Button.tsx";
import { ErrorSummary } from "@/ui/ErrorSummary.tsx";
import { Form } from "@/ui/Form.tsx";
import { PasswordField, TextField } from "@/ui/inputs.tsx";
import styles from "./account.module.css";
import { Bare } from "./Bare.tsx";

const SignUpQuery = graphql(`
  query SignUpPage {
    signUpAllowed
  }
`);

const SignUp = graphql(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      viewer { id }
      userErrors { code message path }
    }
  }
`);

const route = getRouteApi("/sign-up");

/** The page on which a firm is set up, with its first administrator. */
export function SignUpPage() {
  const [{ data }] = useQuery({ query: SignUpQuery });
  if (data?.signUpAllowed === false) {
    return (
      <Bare title="Set up your firm">
        <p>On this server, firms are set up by whoever runs it. Ask a colleague for an invitation.</p>
        <Link to="/sign-in">Sign in</Link>
      </Bare>
    );
  }
  return (
    <Bare title="Set up your firm" help={<Link to="/sign-in">I have an account already</Link>}>
      <SignUpForm />
    </Bare>
  );
}

function SignUpForm() {
  const { next } = route.useSearch();
  const session = useSession();
  const router = useRouter();
  const { submit, errors, isBusy } = useForm(SignUp, (data) => data.signUp);
  const send = async (form: HTMLFormElement) => {
    const { firmName = "", name = "", email = "", password = "" } = entered(form);
    if (!(await submit({ input: { firmName, name, email, password } }))) return;
    session.restart();
    router.history.replace(next ?? "/watches");
  };
  return (
    <Form className={styles.form} onSubmit={send}>
      <ErrorSummary errors={errors} />
      <TextField id="firmName" name="firmName" label="Firm" autoComplete="organization" error={errors.firmName} />
      <TextField id="name" name="name" label="Your name" autoComplete="name" error={errors.name} />
      <TextField id="email" name="email" type="email" label="E-mail" autoComplete="username" error={errors.email} />
      <PasswordField
        id="password"
        name="password"
        label="Password"
        hint="8 or more characters."
        autoComplete="new-password"
        error={errors.password}
      />
      <Button look="main" type="submit" isBusy={isBusy} busyText="Setting up…">
        Set up your firm
      </Button>
    </Form>
  );
}
