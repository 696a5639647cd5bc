import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button, ButtonLink } from "@/ui/Button.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { ArchiveIcon, DeleteIcon, EditIcon, MoreIcon, PreviewIcon, SyncIcon, UnlinkIcon } from "@/ui/icons.ts";
import { useSingleKey } from "@/ui/keys.ts";
import { Menu, MenuItem } from "@/ui/Menu.tsx";
import { MenuButton } from "@/ui/MenuButton.tsx";
import { useIsPhone } from "@/ui/phone.ts";
import { focusSyncButton, focusSyncButtonLater } from "./focus.ts";
import styles from "./notes.module.css";
import { useAction } from "./useAction.ts";
import type { Sync } from "./useSync.ts";
import type { WatchActions } from "./useWatchActions.ts";

interface WatchActionBarProps {
  id: string;
  isLinked: boolean;
  isArchived: boolean;
  sync: Sync;
  actions: WatchActions;
  onSync: () => void;
  onPreview: () => void;
  onUnlink: () => void;
  onDelete: () => void;
  /** Shows why something was not done. */
  onProblem: (problem: string | undefined) => void;
}

/** What can be done with a watch: the buttons of its head, and their keys. */
export function WatchActionBar(props: WatchActionBarProps) {
  const { id, isLinked, isArchived, sync, actions, onSync, onPreview, onProblem } = props;
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const archive = async () => onProblem(await actions.archive());
  const unarchive = useAction(async () => {
    const problem = await actions.unarchive();
    onProblem(problem);
    if (document.activeElement === document.body) focusSyncButton();
    return problem;
  });
  const canSync = isLinked && !isArchived;
  useSingleKey("s", "Sync from Clio", onSync, canSync);
  useSingleKey("p", "Preview sync", onPreview, canSync);
  useSingleKey("e", "Edit", () => navigate({ to: "/watches/$id/edit", params: { id } }), !isArchived);
  return (
    <>
      {canSync && (
        <Button
          id="sync-from-clio"
          look={sync.outcome?.isPreview ? "plain" : "main"}
          icon={SyncIcon}
          isBusy={sync.asking === "sync"}
          busyText="Asking Clio…"
          slowText="Clio is slow today"
          onClick={onSync}
        >
          Sync from Clio
        </Button>
      )}
      {canSync && !isPhone && (
        <Button
          icon={PreviewIcon}
          isBusy={sync.asking === "preview"}
          busyText="Asking Clio…"
          slowText="Clio is slow today"
          onClick={onPreview}
        >
          Preview sync
        </Button>
      )}
      {isArchived ? (
        <Button look="main" isBusy={unarchive.isBusy} onClick={() => unarchive.run()}>
          Unarchive
        </Button>
      ) : (
        <ButtonLink icon={EditIcon} to="/watches/$id/edit" params={{ id }} aria-label="Edit">
          {isPhone && canSync ? undefined : "Edit"}
        </ButtonLink>
      )}
      <Menu label="More actions" trigger={<MenuButton icon={MoreIcon} aria-label="More actions" />}>
        {canSync && isPhone && (
          <MenuItem icon={PreviewIcon} onAction={onPreview}>
            Preview sync
          </MenuItem>
        )}
        {!isArchived && (
          <MenuItem icon={ArchiveIcon} onAction={archive}>
            Archive
          </MenuItem>
        )}
        {isLinked && (
          <MenuItem icon={UnlinkIcon} onAction={props.onUnlink}>
            Unlink from Clio
          </MenuItem>
        )}
        <MenuItem icon={DeleteIcon} isDanger onAction={props.onDelete}>
          Delete
        </MenuItem>
      </Menu>
    </>
  );
}

interface WatchDialogsProps {
  name: string;
  isArchived: boolean;
  /** Which question is asked. */
  question: "delete" | "unlink" | undefined;
  actions: WatchActions;
  onClose: () => void;
  onProblem: (problem: string | undefined) => void;
}

/** The questions before what can't be undone: they name what is lost. */
export function WatchDialogs({ name, isArchived, question, actions, onClose, onProblem }: WatchDialogsProps) {
  const navigate = useNavigate();
  const remove = useAction(actions.remove);
  const unlink = useAction(actions.unlink);
  const [isArchiving, setIsArchiving] = useState(false);
  const archiveInstead = async () => {
    setIsArchiving(true);
    onProblem(await actions.archive());
    setIsArchiving(false);
    onClose();
  };
  return (
    <>
      <ConfirmDialog
        isOpen={question === "delete"}
        onClose={onClose}
        title={`Delete the watch on ${name}?`}
        confirm="Delete for good"
        isDanger
        isBusy={remove.isBusy}
        onConfirm={async () => {
          if (await remove.run()) navigate({ to: "/watches" });
        }}
        instead={
          !isArchived && (
            <Button isBusy={isArchiving} onClick={archiveInstead}>
              Archive instead
            </Button>
          )
        }
      >
        <p>
          Its fields, notes, tags and history are lost for good, and obituaries are no longer matched against it.
          {!isArchived && " To only stop it and keep the record, archive it."}
        </p>
        <DialogProblem problem={remove.problem} />
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={question === "unlink"}
        onClose={onClose}
        title={`Unlink the watch on ${name} from Clio?`}
        confirm="Unlink from Clio"
        isBusy={unlink.isBusy}
        onConfirm={async () => {
          if (!(await unlink.run())) return;
          onClose();
          focusSyncButtonLater();
        }}
      >
        <p>Values stay; syncing ends; the matter can be imported again.</p>
        <DialogProblem problem={unlink.problem} />
      </ConfirmDialog>
    </>
  );
}

function DialogProblem({ problem }: { problem: string | undefined }) {
  if (!problem) return null;
  return (
    <p role="alert" className={styles.problem}>
      {problem}
    </p>
  );
}
