/** After the button that was pressed is gone, the keyboard goes on from the one that syncs, or from the heading. */
export function focusSyncButton() {
  const found = document.getElementById("sync-from-clio") ?? document.querySelector<HTMLElement>("main h1");
  found?.focus({ preventScroll: true });
}

const dialogTime = 100; // milliseconds in which a dialog that closes gives the focus back

/** The same after a dialog whose opening button is gone: it has nowhere to give the focus back to. */
export function focusSyncButtonLater() {
  setTimeout(() => {
    if (document.activeElement === document.body) focusSyncButton();
  }, dialogTime);
}
