import { graphql } from "@/api/graphql.ts";
import { useForm } from "./form.ts";

const ConnectClio = graphql(`
  mutation ConnectClio($returnTo: String) {
    connectClio(returnTo: $returnTo) {
      authorizationUrl
      userErrors { code message path }
    }
  }
`);

/** Sends the browser to Clio, which sends it back to returnTo, one of the console's addresses. */
export function useConnectClio(returnTo: string) {
  const { submit, errors, isBusy } = useForm(ConnectClio, (data) => data.connectClio);
  const connect = async () => {
    const payload = await submit({ returnTo });
    if (payload?.authorizationUrl) window.location.assign(payload.authorizationUrl);
  };
  return { connect, problem: Object.values(errors)[0], isBusy };
}
