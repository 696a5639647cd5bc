import { listed } from "@/format/text.ts";
import { useAdministrators } from "@/session/useAdministrators.ts";

/** Who can connect Clio, for a member. */
export function Administrators() {
  const names = useAdministrators();
  return (
    <p className="mut">
      {names.length > 0 ? `${listed(names)} can connect Clio.` : "An administrator can connect Clio."}
    </p>
  );
}
