import { useState } from "react";
import { useQuery } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { graphql, type ResultOf } from "@/api/graphql.ts";
import { plannedTimeWithDate } from "@/format/dates.ts";
import { useForm } from "@/session/form.ts";
import { Time } from "@/session/Time.tsx";
import { useViewer } from "@/session/viewer.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, CardBody, CardFoot } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { LoadFailed } from "@/ui/Empty.tsx";
import { announce } from "@/ui/LiveRegion.tsx";
import { Note } from "@/ui/Note.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { SettingsFields } from "./SettingsFields.tsx";
import styles from "./sync.module.css";

export const SyncSettingsFields = graphql(`
  fragment SyncSettings on SyncSettings @_unmask {
    id
    autoSyncEnabled
    frequency
    timeOfDay
    dayOfWeek
    timeZone
    syncOnLogin
    conflictResolution
    nextSyncAt
  }
`);

const SettingsQuery = graphql(`query SyncSettings { syncSettings { ...SyncSettings } }`, [SyncSettingsFields]);

const Save = graphql(
  `
    mutation SaveSyncSettings($input: UpdateSyncSettingsInput!) {
      updateSyncSettings(input: $input) {
        syncSettings { ...SyncSettings }
        query { syncStatus { id nextSyncAt } }
        userErrors { code message path }
      }
    }
  `,
  [SyncSettingsFields],
);

/** The firm's settings of syncs, as the API has them. */
export type Settings = ResultOf<typeof SyncSettingsFields>;

/** When and how syncs go on by themselves. Nothing is saved until the button is pressed. */
export function SyncSettings() {
  const [{ data, error }, refetch] = useQuery({ query: SettingsQuery, requestPolicy: "cache-and-network" });
  const settings = data?.syncSettings;
  return (
    <Card title="Sync Settings">
      {settings && <SettingsForm settings={settings} />}
      {!settings && error && (
        <LoadFailed
          what="The settings"
          reason={reasonOf(error)}
          onRetry={() => refetch({ requestPolicy: "network-only" })}
        />
      )}
      {!settings && !error && <SkeletonRows rows={6} />}
    </Card>
  );
}

function SettingsForm({ settings }: { settings: Settings }) {
  const { isAdmin } = useViewer();
  const [edits, setEdits] = useState<Partial<Settings>>({});
  const [isAsking, setIsAsking] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  const { submit, errors, isBusy } = useForm(Save, (result) => result.updateSyncSettings);
  const values = { ...settings, ...edits };
  const save = async () => {
    const { id: _id, nextSyncAt: _next, ...input } = values;
    const isDone = await submit({ input });
    setIsAsking(false);
    if (!isDone) return;
    setEdits({});
    setIsSaved(true);
    announce("Settings saved.");
  };
  const isToUseClio = values.conflictResolution === "USE_CLIO" && settings.conflictResolution !== "USE_CLIO";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isToUseClio) setIsAsking(true);
        else save();
      }}
    >
      <CardBody className={styles.settings}>
        <SettingsFields
          values={values}
          errors={errors}
          isReadOnly={!isAdmin}
          onChange={(change) => {
            setEdits({ ...edits, ...change });
            setIsSaved(false);
          }}
        />
        {errors[""] && (
          <Note tone="danger" role="alert" title="Nothing was saved.">
            {errors[""]}
          </Note>
        )}
        {isSaved && <Saved settings={settings} />}
      </CardBody>
      <CardFoot>
        {isAdmin ? (
          <Button type="submit" isBusy={isBusy} busyText="Saving…">
            Save settings
          </Button>
        ) : (
          "Administrators change these."
        )}
      </CardFoot>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title="Let Clio replace edits?"
        confirm="Use Clio"
        onConfirm={save}
        isBusy={isBusy}
      >
        <p>From the next sync on, Clio replaces edits made here. Each is listed and can be undone.</p>
      </ConfirmDialog>
    </form>
  );
}

function Saved({ settings }: { settings: Settings }) {
  return (
    <Note tone="ok" title="Saved.">
      {settings.nextSyncAt ? (
        <>
          Next sync <Time at={settings.nextSyncAt} as={plannedTimeWithDate} />.
        </>
      ) : (
        "No sync is planned."
      )}
    </Note>
  );
}
