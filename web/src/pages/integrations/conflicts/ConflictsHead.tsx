import { Link } from "@tanstack/react-router";
import { Button } from "@/ui/Button.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { EditIcon, LinkIcon } from "@/ui/icons.ts";
import styles from "./conflicts.module.css";

interface ConflictsHeadProps {
  count: number;
  isOfOneWatch: boolean;
  onChooseAll: (choice: "LOCAL" | "CLIO") => void;
}

/** The two sides, above the rows; the buttons only mark, and save nothing. */
export function ConflictsHead({ count, isOfOneWatch, onChooseAll }: ConflictsHeadProps) {
  return (
    <div className={styles.head}>
      <span>{isOfOneWatch && <Link to="/integrations/conflicts">Show all</Link>}</span>
      <Side icon={EditIcon} words="Keep ours" count={count} onChooseAll={() => onChooseAll("LOCAL")} />
      <Side icon={LinkIcon} words="Use Clio’s" count={count} onChooseAll={() => onChooseAll("CLIO")} />
    </div>
  );
}

interface SideProps {
  icon: typeof EditIcon;
  words: string;
  count: number;
  onChooseAll: () => void;
}

function Side({ icon, words, count: total, onChooseAll }: SideProps) {
  return (
    <span className={styles.side}>
      <Icon of={icon} />
      <b>{words}</b>
      <Button look="link" onClick={onChooseAll} aria-label={`${words}: choose for all ${total}`}>
        Choose for all {total}
      </Button>
    </span>
  );
}
