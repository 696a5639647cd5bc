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

const UpdateFirm = graphql(`
  mutation UpdateFirm($input: UpdateFirmInput!) {
    updateFirm(input: $input) {
      firm { id name }
      userErrors { code message path }
    }
  }
`);

/** The firm's name. */
export function FirmForm() {
  const { firm } = useViewer();
  const { submit, errors, isBusy } = useForm(UpdateFirm, (data) => data.updateFirm);
  const [isDone, setIsDone] = useState(false);
  const save = async (form: HTMLFormElement) => {
    setIsDone(false);
    const { firmName: name = "" } = entered(form);
    if (!(await submit({ input: { name } }))) return;
    setIsDone(true);
    announce("Saved.");
  };
  return (
    <Card title="Firm">
      <CardBody>
        <Form className={styles.form} onSubmit={save}>
          <TextField
            id="firmName"
            name="firmName"
            label="Name of the firm"
            defaultValue={firm.name}
            error={errors.name}
          />
          {errors[""] && <ErrorSummary errors={{ "": errors[""] }} />}
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
