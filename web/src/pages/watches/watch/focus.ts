/** After the button that was pressed is gone, the keyboard goes on from the one that syncs, or from the heading. */
export function focusSyncButton() {
  const found = document.getElementById("sync-from-clio") ?? document.querySelector<HTMLElement>("main h1");
  found?.focus({ preventScroll: true });
}
