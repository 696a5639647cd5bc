import { Bare } from "@/pages/account/Bare.tsx";
import { ButtonLink } from "@/ui/Button.tsx";

/** What stands at an address that the console doesn't have. */
export function NotFound() {
  return (
    <Bare title="There is no such page">
      <p>The address may be mistyped, or the page may be gone.</p>
      <ButtonLink look="main" to="/watches">
        To the watches
      </ButtonLink>
    </Bare>
  );
}
