import { useRouterState } from "@tanstack/react-router";
import type { WatchesSearch } from "@/addresses.ts";
import { ButtonLink } from "@/ui/Button.tsx";
import { CardFoot } from "@/ui/Card.tsx";
import { LeftIcon, RightIcon } from "@/ui/icons.ts";
import styles from "./list.module.css";
import { type PageFacts, rangeWords, rowsBefore } from "./paging.ts";
import { changed } from "./search.ts";

interface PagerProps {
  search: WatchesSearch;
  page: PageFacts & { startCursor: string | null; endCursor: string | null };
  total: number | undefined;
}

/** Where the page is in the list, and the ways to those beside it. */
export function Pager({ search, page, total }: PagerProps) {
  const pages = useRouterState({ select: (state) => state.location.state.watchPages });
  const before = rowsBefore(pages, page, total);
  return (
    <CardFoot>
      <span>{rangeWords(before, page, total)}</span>
      <span className={styles.space} />
      <Previous search={search} page={page} pages={pages} />
      <Next search={search} page={page} pages={before === 0 ? [] : pages} />
    </CardFoot>
  );
}

interface StepProps extends Omit<PagerProps, "total"> {
  pages: string[] | undefined;
}

/** To where the page before this one began; to what precedes this one's first row, where nobody remembers. */
function Previous({ search, page, pages }: StepProps) {
  const look = { isSmall: true, icon: LeftIcon, to: "/watches" as const };
  if (!page.hasPrevious || !page.startCursor) {
    return (
      <ButtonLink {...look} search={search} disabled className={styles.off}>
        Previous
      </ButtonLink>
    );
  }
  const start = pages?.at(-1);
  const first = changed(search, {});
  if (start === undefined) {
    return (
      <ButtonLink {...look} search={{ ...first, before: page.startCursor }} state={{}}>
        Previous
      </ButtonLink>
    );
  }
  return (
    <ButtonLink
      {...look}
      search={start ? { ...first, after: start } : first}
      state={{ watchPages: pages?.slice(0, -1) ?? [] }}
    >
      Previous
    </ButtonLink>
  );
}

function Next({ search, page, pages }: StepProps) {
  const look = { isSmall: true, iconAfter: RightIcon, to: "/watches" as const };
  if (!page.hasNext || !page.endCursor) {
    return (
      <ButtonLink {...look} search={search} disabled className={styles.off}>
        Next
      </ButtonLink>
    );
  }
  const next = { ...changed(search, {}), after: page.endCursor };
  return (
    <ButtonLink {...look} search={next} state={pages ? { watchPages: [...pages, search.after ?? ""] } : {}}>
      Next
    </ButtonLink>
  );
}
