import { useMemo } from "react";
import { plannedTimeWithDate } from "@/format/dates.ts";
import {
  dayOfWeekWords,
  daysOfWeek,
  frequencies,
  frequencyWords,
  resolutionEffect,
  resolutions,
  resolutionWords,
} from "@/format/words/settings.ts";
import { zoneList, zoneName } from "@/format/zones.ts";
import { Time } from "@/session/Time.tsx";
import { Button } from "@/ui/Button.tsx";
import { Radio, Switch } from "@/ui/choices.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { ScheduleIcon } from "@/ui/icons.ts";
import { SelectField, TextField } from "@/ui/inputs.tsx";
import type { Settings } from "./SyncSettings.tsx";
import styles from "./sync.module.css";

interface SettingsFieldsProps {
  values: Settings;
  errors: Record<string, string>;
  isReadOnly: boolean;
  onChange: (change: Partial<Settings>) => void;
}

/** The inputs of the settings of syncs. */
export function SettingsFields({ values, errors, isReadOnly, onChange }: SettingsFieldsProps) {
  return (
    <fieldset disabled={isReadOnly} className={styles.settings}>
      <legend className="vh">Sync Settings</legend>
      <Switch
        label="Auto-sync enabled"
        hint="Looks at every linked watch on a schedule."
        checked={values.autoSyncEnabled}
        onChange={(event) => onChange({ autoSyncEnabled: event.target.checked })}
      />
      <Frequency values={values} onChange={onChange} />
      {values.frequency !== "MANUAL" && (
        <When values={values} errors={errors} isReadOnly={isReadOnly} onChange={onChange} />
      )}
      <p className={styles.next}>
        <Icon of={ScheduleIcon} />
        {values.nextSyncAt ? (
          <span>
            Next sync{" "}
            <b>
              <Time at={values.nextSyncAt} as={plannedTimeWithDate} />
            </b>
          </span>
        ) : (
          <span>No sync is planned.</span>
        )}
      </p>
      <Switch
        className={styles.rule}
        label="Sync on login"
        hint="Refreshes watches each time someone signs in."
        checked={values.syncOnLogin}
        onChange={(event) => onChange({ syncOnLogin: event.target.checked })}
      />
      <Resolution values={values} onChange={onChange} />
    </fieldset>
  );
}

type PartProps = Pick<SettingsFieldsProps, "values" | "onChange">;

function Frequency({ values, onChange }: PartProps) {
  return (
    <fieldset>
      <legend className={styles.legend}>Sync frequency</legend>
      <div className={styles.segments}>
        {frequencies.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="frequency"
              checked={values.frequency === each}
              onChange={() => onChange({ frequency: each as Settings["frequency"] })}
            />
            <span>{frequencyWords(each)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function When({ values, errors, isReadOnly, onChange }: SettingsFieldsProps) {
  const zones = useMemo(() => zoneList(values.timeZone), [values.timeZone]);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className={styles.times}>
      {values.frequency === "WEEKLY" && (
        <div className={styles.day}>
          <SelectField
            label="Day of the week"
            error={errors.dayOfWeek}
            value={values.dayOfWeek}
            onChange={(event) => onChange({ dayOfWeek: event.target.value as Settings["dayOfWeek"] })}
          >
            {daysOfWeek.map((each) => (
              <option key={each} value={each}>
                {dayOfWeekWords(each)}
              </option>
            ))}
          </SelectField>
        </div>
      )}
      <TextField
        label="Time"
        type="time"
        error={errors.timeOfDay}
        value={values.timeOfDay}
        onChange={(event) => onChange({ timeOfDay: event.target.value })}
      />
      <SelectField
        label="Time zone"
        error={errors.timeZone}
        value={values.timeZone}
        onChange={(event) => onChange({ timeZone: event.target.value })}
      >
        {zones.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </SelectField>
      {!isReadOnly && own && own !== values.timeZone && (
        <p className={styles.day}>
          <Button look="link" className={styles.zone} onClick={() => onChange({ timeZone: own })}>
            Use this browser’s: {zoneName(own)}
          </Button>
        </p>
      )}
    </div>
  );
}

function Resolution({ values, onChange }: PartProps) {
  return (
    <fieldset className={styles.rule}>
      <legend className="vh">Conflict resolution</legend>
      <p className={styles.legend} aria-hidden="true">
        Conflict resolution
      </p>
      <p className={styles.hint}>When a field was edited here and Clio says something else:</p>
      <div className={styles.options}>
        {resolutions.map((each) => (
          <Radio
            key={each}
            name="conflictResolution"
            label={resolutionWords(each)}
            hint={resolutionEffect(each)}
            checked={values.conflictResolution === each}
            onChange={() => onChange({ conflictResolution: each as Settings["conflictResolution"] })}
          />
        ))}
      </div>
    </fieldset>
  );
}
