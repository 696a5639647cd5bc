import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useQuery } from "urql";
import { graphql } from "@/api/graphql.ts";
import { useSession } from "@/session/session.ts";
import { Bare } from "./Bare.tsx";
import { SignInForm } from "./SignInForm.tsx";

const SignInQuery = graphql(`
  query SignInPage {
    signUpAllowed
  }
`);

const route = getRouteApi("/sign-in");

/** The page of sign-in. */
export function SignInPage() {
  const { next } = route.useSearch();
  const session = useSession();
  const router = useRouter();
  const [{ data }] = useQuery({ query: SignInQuery });
  const enter = () => {
    session.restart();
    router.history.replace(next ?? "/watches");
  };
  return (
    <Bare title="Sign in" help="Forgotten the password? An administrator of your firm can help.">
      <SignInForm onSignedIn={enter} />
      {data?.signUpAllowed && (
        <p>
          No account yet? <Link to="/sign-up">Set up your firm</Link>
        </p>
      )}
    </Bare>
  );
}
