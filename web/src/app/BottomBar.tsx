import { Link } from "@tanstack/react-router";
import { Icon } from "@/ui/Icon.tsx";
import { IntegrationsIcon, SettingsIcon, WatchesIcon } from "@/ui/icons.ts";

/** The three places, within reach of a thumb. */
export function BottomBar({ className }: { className?: string | undefined }) {
  return (
    <nav className={className} aria-label="Main, bottom">
      <Link to="/watches">
        <Icon of={WatchesIcon} />
        Watches
      </Link>
      <Link to="/integrations">
        <Icon of={IntegrationsIcon} />
        Integrations
      </Link>
      <Link to="/settings">
        <Icon of={SettingsIcon} />
        Settings
      </Link>
    </nav>
  );
}
