import { Card, CardBody } from "@/ui/Card.tsx";
import { Switch } from "@/ui/choices.tsx";
import { turnKeys, useKeysOn } from "@/ui/keys.ts";
import { Title } from "@/ui/Title.tsx";
import { NameForm } from "./profile/NameForm.tsx";
import { PasswordForm } from "./profile/PasswordForm.tsx";
import { Sessions } from "./profile/Sessions.tsx";
import styles from "./settings.module.css";

/** What is the user's own: name, password, sessions, keys. */
export function ProfilePage() {
  const areKeysOn = useKeysOn();
  return (
    <div className={styles.columns}>
      <Title>Profile</Title>
      <div className={styles.stack}>
        <NameForm />
        <PasswordForm />
      </div>
      <div className={styles.stack}>
        <Sessions />
        <Card title="Keys">
          <CardBody>
            <Switch
              label="Single keys"
              hint="/ finds a watch, s syncs, p previews, e edits, ? lists them. In this browser."
              checked={areKeysOn}
              onChange={(event) => turnKeys(event.target.checked)}
            />
          </CardBody>
        </Card>
      </div>
    </div>
  );
}
