import { type FormEvent, useRef, useState } from "react";
import { useMutation } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { graphql } from "@/api/graphql.ts";
import { Button } from "@/ui/Button.tsx";
import { PasswordField, TextField } from "@/ui/inputs.tsx";
import { Note } from "@/ui/Note.tsx";
import styles from "./account.module.css";

const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      viewer { id user { id } }
      userErrors { code message }
    }
  }
`);

interface SignInFormProps {
  /** Filled in already. */
  email?: string;
  onSignedIn: (userId: string) => void;
}

/** E-mail and password: on the page of sign-in, and over any page when the session has ended. */
export function SignInForm({ email, onSignedIn }: SignInFormProps) {
  const [{ fetching }, signIn] = useMutation(SignIn);
  const [problem, setProblem] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!form.current || fetching) return;
    const entered = new FormData(form.current);
    const input = { email: String(entered.get("email")), password: String(entered.get("password")) };
    const { data, error } = await signIn({ input });
    const found = data?.signIn;
    if (found?.viewer) return onSignedIn(found.viewer.user.id);
    setProblem(error ? reasonOf(error) : "E-mail or password is wrong.");
    form.current.querySelector<HTMLInputElement>("[name=password]")?.select();
  };
  return (
    <form ref={form} className={styles.form} onSubmit={submit}>
      {problem && (
        <Note tone="danger" role="alert">
          {problem}
        </Note>
      )}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        required
        autoCapitalize="none"
        spellCheck={false}
      />
      <PasswordField label="Password" name="password" autoComplete="current-password" required />
      <Button look="main" type="submit" isBusy={fetching} busyText="Signing in…">
        Sign in
      </Button>
    </form>
  );
}
