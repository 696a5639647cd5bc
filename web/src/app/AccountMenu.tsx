import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation } from "urql";
import { graphql } from "@/api/graphql.ts";
import { initials } from "@/format/names.ts";
import { rememberViewer } from "@/session/lastViewer.ts";
import { useSession } from "@/session/session.ts";
import { useViewer } from "@/session/viewer.ts";
import { CheckIcon, SettingsIcon, SignOutIcon } from "@/ui/icons.ts";
import { Menu, MenuItem } from "@/ui/Menu.tsx";
import { MenuButton } from "@/ui/MenuButton.tsx";
import { chooseTheme, type Theme, theme } from "./theme.ts";

const SignOut = graphql(`
  mutation SignOut {
    signOut { userErrors { code } }
  }
`);

const themes: [Theme, string][] = [
  ["system", "Theme of the system"],
  ["light", "Light theme"],
  ["dark", "Dark theme"],
];

/** The user's own: profile, theme, sign out. */
export function AccountMenu({ className }: { className?: string | undefined }) {
  const viewer = useViewer();
  const session = useSession();
  const navigate = useNavigate();
  const [, signOut] = useMutation(SignOut);
  const [chosen, setChosen] = useState(theme());
  const leave = async () => {
    const { error } = await signOut({});
    if (error) return;
    rememberViewer(null);
    await navigate({ to: "/sign-in" });
    session.restart();
  };
  return (
    <Menu
      label="Your account"
      trigger={
        <MenuButton
          aria-label={`${initials(viewer.name)}, ${viewer.name}, your account`}
          {...(className !== undefined && { className })}
        >
          {initials(viewer.name)}
        </MenuButton>
      }
    >
      <MenuItem href="/settings/profile" icon={SettingsIcon}>
        {viewer.name}
      </MenuItem>
      {themes.map(([each, words]) => (
        <MenuItem
          key={each}
          {...(each === chosen && { icon: CheckIcon })}
          onAction={() => {
            chooseTheme(each);
            setChosen(each);
          }}
        >
          {words}
        </MenuItem>
      ))}
      <MenuItem icon={SignOutIcon} onAction={leave}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
