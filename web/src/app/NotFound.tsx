import { ButtonLink } from "@/ui/Button.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { Title } from "@/ui/Title.tsx";

/** What stands at an address that the console doesn't have. */
export function NotFound() {
  return (
    <>
      <Title>Not found</Title>
      <Empty title="There is no such page" actions={<ButtonLink to="/watches">To the watches</ButtonLink>}>
        The address may be mistyped, or the page may be gone.
      </Empty>
    </>
  );
}
