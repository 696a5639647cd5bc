import type { Status } from "@/session/status.ts";
import { Time } from "@/session/Time.tsx";
import styles from "./clio.module.css";

/** As whom Watchkeeper reads Clio, and since when. */
export function WithClio({ clio }: { clio: Status["clioIntegration"] }) {
  return (
    <dl className={styles.facts}>
      <div>
        <dt>As</dt>
        <dd>{clio.clioUserName ?? "Clio does not say"}</dd>
      </div>
      {clio.clioFirmName && (
        <div>
          <dt>Firm in Clio</dt>
          <dd>{clio.clioFirmName}</dd>
        </div>
      )}
      {clio.connectedAt && (
        <div>
          <dt>Since</dt>
          <dd>
            <Time at={clio.connectedAt} />
          </dd>
        </div>
      )}
      {clio.problemSince && (
        <div>
          <dt>Trouble since</dt>
          <dd>
            <Time at={clio.problemSince} />
          </dd>
        </div>
      )}
    </dl>
  );
}
