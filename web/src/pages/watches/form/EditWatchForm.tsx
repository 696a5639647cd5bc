import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useMutation } from "urql";
import { useClock } from "@/session/clock.ts";
import { announce } from "@/ui/LiveRegion.tsx";
import { CancelLink } from "./CancelLink.tsx";
import { refusals } from "./errors.ts";
import { UpdateWatch, type WatchInForm } from "./query.ts";
import { useClose } from "./useClose.ts";
import type { Save } from "./useWatchForm.ts";
import { changedFields, enumName, type FormField, type TextField, updateInput, valuesOf } from "./values.ts";
import { WatchForm } from "./WatchForm.tsx";
import { clioHint } from "./words.ts";

interface EditWatchFormProps {
  /** As it was when the page was opened. */
  watch: WatchInForm;
  /** What the next sync does with edits that differ from Clio. */
  resolution: string | undefined;
  field: FormField | undefined;
}

/** The form of an existing watch: it sends what was changed, and only onto the version that it began with. */
export function EditWatchForm({ watch, resolution, field }: EditWatchFormProps) {
  const [start] = useState(() => valuesOf(watch));
  const version = useRef(watch.version);
  const [, update] = useMutation(UpdateWatch);
  const navigate = useNavigate();
  const clock = useClock();
  const { id } = watch;
  const toWatch = { to: "/watches/$id", params: { id }, replace: true } as const;
  const close = useClose(() => navigate(toWatch));
  const leave = (words: string) => () => {
    announce(words);
    close();
  };
  const save: Save = async (before, now) => {
    if (changedFields(before, now).length === 0) return { kind: "saved", leave: leave("Nothing was changed.") };
    const { data, error } = await update({ id, input: updateInput(before, now), ifVersion: version.current });
    const payload = data?.updateWatch;
    const userErrors = payload?.userErrors ?? [];
    if (payload?.watch && userErrors.some((each) => each.code === "CONFLICT")) {
      version.current = payload.watch.version;
      return { kind: "clash", theirs: valuesOf(payload.watch) };
    }
    if (payload?.watch && userErrors.length === 0) return { kind: "saved", leave: leave("Saved.") };
    return { kind: "refused", errors: refusals(userErrors, error, now, clock) };
  };
  const isLinked = watch.clioLink !== null;
  const fate = watch.clioLink?.state === "LINKED" ? resolution : undefined;
  const hintOf = (name: TextField, value: string) => {
    const synced = watch.syncedFields.find((each) => each.field === enumName(name));
    return clioHint(name, value, synced?.clio, fate);
  };
  return (
    <WatchForm
      start={start}
      onSave={save}
      isLinked={isLinked}
      hintOf={hintOf}
      field={field}
      cancel={<CancelLink watchId={id} onClose={close} />}
    />
  );
}
