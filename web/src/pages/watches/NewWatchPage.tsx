import { Link, useNavigate } from "@tanstack/react-router";
import { useMutation } from "urql";
import { useClock } from "@/session/clock.ts";
import { announce } from "@/ui/LiveRegion.tsx";
import { Crumbs, PageHead } from "@/ui/PageHead.tsx";
import { Title } from "@/ui/Title.tsx";
import { CancelLink } from "./form/CancelLink.tsx";
import { refusals } from "./form/errors.ts";
import { CreateWatch } from "./form/query.ts";
import { useClose } from "./form/useClose.ts";
import type { Save } from "./form/useWatchForm.ts";
import { createInput, noValues } from "./form/values.ts";
import { WatchForm } from "./form/WatchForm.tsx";

/** A watch that is added by hand. */
export function NewWatchPage() {
  const [, create] = useMutation(CreateWatch);
  const navigate = useNavigate();
  const clock = useClock();
  const close = useClose(() => navigate({ to: "/watches" }));
  const save: Save = async (_start, now) => {
    const { data, error } = await create({ input: createInput(now) });
    const watch = data?.createWatch?.watch;
    if (!watch) return { kind: "refused", errors: refusals(data?.createWatch?.userErrors ?? [], error, now, clock) };
    const leave = () => {
      announce("Saved.");
      navigate({ to: "/watches/$id", params: { id: watch.id }, replace: true });
    };
    return { kind: "saved", leave };
  };
  return (
    <>
      <Title>New watch</Title>
      <Crumbs above={<Link to="/watches">Watches</Link>} here="New watch" />
      <PageHead title="New watch" text="On one person whose death matters to a case." />
      <WatchForm start={noValues} onSave={save} cancel={<CancelLink onClose={close} />} />
    </>
  );
}
