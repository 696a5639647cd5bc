import { graphql } from "@/api/graphql.ts";
import { useForm } from "@/session/form.ts";
import { RunFields } from "./fragments.ts";

const SyncAll = graphql(
  `
    mutation SyncAllWatches($dryRun: Boolean!) {
      syncAllWatches(dryRun: $dryRun) {
        run { ...Run }
        alreadyRunning
        userErrors { code message path retryAt }
      }
    }
  `,
  [RunFields],
);

/** Starts a sync of all linked watches, or a preview of one. */
export function useSyncAll() {
  const { submit, errors, isBusy } = useForm(SyncAll, (data) => data.syncAllWatches);
  return { start: (dryRun = false) => submit({ dryRun }), problem: Object.values(errors)[0], isBusy };
}
