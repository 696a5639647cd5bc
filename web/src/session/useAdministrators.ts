import { useQuery } from "urql";
import { graphql } from "@/api/graphql.ts";

const AdministratorsQuery = graphql(`
  query Administrators {
    viewer {
      id
      firm {
        id
        members { id name role }
      }
    }
  }
`);

/** Returns the names of the firm's administrators, for members who need one. */
export function useAdministrators(): string[] {
  const [{ data }] = useQuery({ query: AdministratorsQuery });
  return data?.viewer?.firm.members.filter((each) => each.role === "ADMIN").map((each) => each.name) ?? [];
}
