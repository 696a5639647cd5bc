import { graphql } from "@/api/graphql.ts";
import { ClioMatterFields } from "./ClioMatterCard.tsx";
import { FieldCardsFields } from "./FieldCards.tsx";
import { LinkProblemFields } from "./LinkProblem.tsx";
import { OnlyHereFields } from "./OnlyHereCard.tsx";
import { WatchHeadFields } from "./WatchHead.tsx";

/** What the parts of the page of one watch read of it. */
export const WatchPageFields = graphql(
  `
    fragment WatchPageFields on Watch @_unmask {
      id
      version
      firstName
      lastName
      status
      caseNumber
      clioLink { state matterId }
      dateOfBirth
      state
      ...WatchHeadFields
      ...FieldCardsFields
      ...LinkProblemFields
      ...ClioMatterFields
      ...OnlyHereFields
    }
  `,
  [WatchHeadFields, FieldCardsFields, LinkProblemFields, ClioMatterFields, OnlyHereFields],
);
