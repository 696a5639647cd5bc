import { Link, useNavigate } from "@tanstack/react-router";
import { useStatus } from "@/session/status.ts";
import { Brand } from "@/ui/Brand.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { SearchIcon } from "@/ui/icons.ts";
import { useSingleKey } from "@/ui/keys.ts";
import { Count } from "@/ui/Mark.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { ClioStatus } from "./ClioStatus.tsx";
import styles from "./TopBar.module.css";

/** The id of the field that searches the list of watches. */
export const watchSearchId = "find-a-watch";

/** The bar above every page: the places, the search, Clio, and the account. */
export function TopBar() {
  const navigate = useNavigate();
  const findAWatch = async () => {
    if (window.location.pathname !== "/watches") await navigate({ to: "/watches" });
    requestAnimationFrame(() => document.getElementById(watchSearchId)?.focus());
  };
  useSingleKey("/", "Find a watch", findAWatch);
  return (
    <header className={styles.top}>
      <Link
        className={styles.brand}
        to="/watches"
        aria-label="Watchkeeper, home"
        activeProps={{ "aria-current": undefined }}
      >
        <Brand />
        Watchkeeper
      </Link>
      <nav className={styles.places} aria-label="Main">
        <Link to="/watches">Watches</Link>
        <Link to="/integrations">
          Integrations <Decisions />
        </Link>
        <Link to="/settings">Settings</Link>
      </nav>
      <span className={styles.space} />
      <Link
        className={styles.find}
        to="/watches"
        activeProps={{ "aria-current": undefined }}
        onClick={(event) => {
          event.preventDefault();
          findAWatch();
        }}
      >
        <Icon of={SearchIcon} />
        Find a watch <kbd>/</kbd>
      </Link>
      <ClioStatus className={styles.clio} />
      <AccountMenu className={styles.account} />
    </header>
  );
}

/** How much waits for a person: open conflicts, changed clients, and matters that were not found. */
function Decisions() {
  const status = useStatus();
  if (!status) return null;
  const waiting = status.openConflicts + status.clientChangedWatches + status.missingWatches;
  if (waiting === 0) return null;
  return (
    <>
      <Count of={waiting} needsAttention />
      <span className="vh">need a decision</span>
    </>
  );
}
