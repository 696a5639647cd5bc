import { useQuery } from "urql";
import { graphql } from "@/api/graphql.ts";
import { plannedTimeWithDate, timeOfDay } from "@/format/dates.ts";
import { useForm } from "@/session/form.ts";
import { Time } from "@/session/Time.tsx";
import { useViewer } from "@/session/viewer.ts";
import { Button } from "@/ui/Button.tsx";
import { announce } from "@/ui/LiveRegion.tsx";

const SyncSettingsQuery = graphql(`
  query TurnOnSync {
    syncSettings { id autoSyncEnabled timeOfDay nextSyncAt }
  }
`);

const TurnOn = graphql(`
  mutation TurnOnDailySync($input: UpdateSyncSettingsInput!) {
    updateSyncSettings(input: $input) {
      syncSettings { id autoSyncEnabled frequency timeOfDay timeZone nextSyncAt }
      userErrors { code message path }
    }
  }
`);

/** The last step of setting a firm up: daily sync, in the browser's time zone. */
export function TurnOnSync() {
  const { isAdmin } = useViewer();
  const [{ data }] = useQuery({ query: SyncSettingsQuery });
  const { submit, errors, isBusy } = useForm(TurnOn, (result) => result.updateSyncSettings);
  const settings = data?.syncSettings;
  if (!settings || !isAdmin) return null;
  if (settings.autoSyncEnabled) {
    return (
      <p>
        Daily sync is on.{" "}
        {settings.nextSyncAt && (
          <>
            Next sync <Time at={settings.nextSyncAt} as={plannedTimeWithDate} />.
          </>
        )}
      </p>
    );
  }
  const turnOn = async () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (await submit({ input: { autoSyncEnabled: true, frequency: "DAILY", timeZone } })) announce("Daily sync is on.");
  };
  return (
    <>
      <Button onClick={turnOn} isBusy={isBusy} busyText="Turning on…">
        Turn on daily sync at {timeOfDay(settings.timeOfDay)}
      </Button>
      {Object.values(errors).map((each) => (
        <p key={each} role="alert">
          {each}
        </p>
      ))}
    </>
  );
}
