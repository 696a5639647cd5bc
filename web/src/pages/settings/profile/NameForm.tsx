import { useState } from "react";
import { graphql } from "@/api/graphql.ts";
import { entered, useForm } from "@/session/form.ts";
import { useViewer } from "@/session/viewer.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, CardBody } from "@/ui/Card.tsx";
import { ErrorSummary } from "@/ui/ErrorSummary.tsx";
import { Form } from "@/ui/Form.tsx";
import { TextField } from "@/ui/inputs.tsx";
import { announce } from "@/ui/LiveRegion.tsx";
import styles from "../settings.module.css";

const UpdateProfile = graphql(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user { id name }
      userErrors { code message path }
    }
  }
`);

/** The user's name. The e-mail address is the one that they were invited by. */
export function NameForm() {
  const viewer = useViewer();
  const { submit, errors, isBusy } = useForm(UpdateProfile, (data) => data.updateProfile);
  const [isDone, setIsDone] = useState(false);
  const save = async (form: HTMLFormElement) => {
    setIsDone(false);
    const { name = "" } = entered(form);
    if (!(await submit({ input: { name } }))) return;
    setIsDone(true);
    announce("Saved.");
  };
  return (
    <Card title="You">
      <CardBody>
        <Form className={styles.form} onSubmit={save}>
          <ErrorSummary errors={errors} />
          <TextField
            id="name"
            name="name"
            label="Name"
            autoComplete="name"
            defaultValue={viewer.name}
            error={errors.name}
          />
          <TextField label="E-mail" value={viewer.email} readOnly />
          <div>
            <Button type="submit" isBusy={isBusy} busyText="Saving…">
              Save name
            </Button>
            {isDone && <span className={styles.done}> Saved.</span>}
          </div>
        </Form>
      </CardBody>
    </Card>
  );
}
