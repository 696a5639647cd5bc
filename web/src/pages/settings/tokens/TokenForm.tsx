import { useState } from "react";
import { graphql } from "@/api/graphql.ts";
import { accessEffect, accesses, accessWords } from "@/format/words/settings.ts";
import { entered, useForm } from "@/session/form.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, CardBody } from "@/ui/Card.tsx";
import { CopyText } from "@/ui/CopyText.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { ErrorSummary } from "@/ui/ErrorSummary.tsx";
import { Form } from "@/ui/Form.tsx";
import { SelectField, TextField } from "@/ui/inputs.tsx";
import styles from "../settings.module.css";
import { TokenRowFields } from "./TokenRow.tsx";

const CreateApiToken = graphql(
  `
    mutation CreateApiToken($input: CreateApiTokenInput!) {
      createApiToken(input: $input) {
        secret
        query {
          viewer {
            id
            apiTokens { id ...TokenRow }
          }
        }
        userErrors { code message path }
      }
    }
  `,
  [TokenRowFields],
);

const lifetimes: [days: number, words: string][] = [
  [30, "In 30 days"],
  [90, "In 90 days"],
  [365, "In a year"],
  [0, "Never"],
];

/** Makes an API token. Its secret is shown once. */
export function TokenForm() {
  const { submit, errors, isBusy } = useForm(CreateApiToken, (data) => data.createApiToken);
  const [access, setAccess] = useState("READ");
  const [secret, setSecret] = useState<string>();
  const make = async (form: HTMLFormElement) => {
    const { name = "", days = "0" } = entered(form);
    const payload = await submit({
      input: { name, access: access as "READ" | "SYNC" | "FULL", expiresAt: expiry(Number(days), new Date()) },
    });
    if (!payload?.secret) return;
    form.reset();
    setAccess("READ");
    setSecret(payload.secret);
  };
  const close = () => setSecret(undefined);
  return (
    <Card title="New token">
      <CardBody>
        <Form className={styles.form} onSubmit={make}>
          <ErrorSummary errors={errors} />
          <TextField id="name" name="name" label="Name" hint="What uses it." error={errors.name} />
          <SelectField
            id="access"
            label="Access"
            value={access}
            onChange={(event) => setAccess(event.target.value)}
            hint={accessEffect(access)}
            error={errors.access}
          >
            {accesses.map((each) => (
              <option key={each} value={each}>
                {accessWords(each)}
              </option>
            ))}
          </SelectField>
          <SelectField id="expiresAt" name="days" label="Expires" defaultValue="365" error={errors.expiresAt}>
            {lifetimes.map(([days, words]) => (
              <option key={days} value={days}>
                {words}
              </option>
            ))}
          </SelectField>
          <div>
            <Button type="submit" isBusy={isBusy} busyText="Making it…">
              Make token
            </Button>
          </div>
        </Form>
      </CardBody>
      <Dialog
        isOpen={secret !== undefined}
        onClose={close}
        title="The new token"
        mustAnswer
        actions={<Button onClick={close}>Done</Button>}
      >
        <p>Copy it now: it is not shown again.</p>
        <CopyText text={secret ?? ""} label="Copy token" />
      </Dialog>
    </Card>
  );
}

function expiry(days: number, now: Date): string | null {
  return days === 0 ? null : new Date(now.getTime() + days * 24 * 60 * 60 * 1000).toISOString();
}
