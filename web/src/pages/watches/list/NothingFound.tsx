import type { WatchesSearch } from "@/addresses.ts";
import { watchSearchId } from "@/app/TopBar.tsx";
import { ButtonLink } from "@/ui/Button.tsx";
import { Empty } from "@/ui/Empty.tsx";
import { changed, cleared, isFiltered, viewOf, type WatchView } from "./search.ts";
import { viewWatches } from "./words.ts";

const singular: Record<WatchView, string> = {
  active: "active watch",
  conflicts: "watch with a conflict",
  "client-changed": "watch whose client changed",
  missing: "watch not found in Clio",
  "not-clio": "watch not from Clio",
  archived: "archived watch",
  all: "watch",
};

const whyNone: Record<WatchView, string> = {
  active: "Add one by hand, or import matters from Clio.",
  conflicts: "When an edit made here and Clio disagree, the watch is listed here.",
  "client-changed": "When a matter in Clio names another client, its watch is listed here.",
  missing: "When Clio no longer returns a matter, its watch is listed here.",
  "not-clio": "Watches that were added by hand, or unlinked from Clio, are listed here.",
  archived: "Archived watches keep their values, and are not matched against obituaries.",
  all: "Add one by hand, or import matters from Clio.",
};

/** The link that is pressed goes with what it is about. */
function focusSearch() {
  document.getElementById(watchSearchId)?.focus();
}

/** What stands in place of the rows when there are none. */
export function NothingFound({ search }: { search: WatchesSearch }) {
  const view = viewOf(search);
  if (!isFiltered(search)) return <Empty title={`No ${viewWatches[view]}`}>{whyNone[view]}</Empty>;
  const isSearch = Boolean(search.q);
  const searchesArchived = view === "archived" || view === "all";
  return (
    <Empty
      title={
        isSearch ? `No ${singular[view]} matches “${search.q}”` : `No ${singular[view]} has what the filters ask for`
      }
      actions={
        <>
          <ButtonLink to="/watches" search={cleared(search)} onClick={focusSearch}>
            {isSearch ? "Clear search" : "Clear filters"}
          </ButtonLink>
          {!searchesArchived && (
            <ButtonLink look="quiet" to="/watches" search={changed(search, { view: "all" })} onClick={focusSearch}>
              Search archived too
            </ButtonLink>
          )}
        </>
      }
    >
      {isSearch && "Look for part of the name, the case number or the attorney. "}
      {!searchesArchived && "Archived watches are not searched here."}
    </Empty>
  );
}

/** What stands in place of a later page that is not there any more. */
export function PageGone({ search }: { search: WatchesSearch }) {
  return (
    <Empty
      title="This page is not there any more"
      actions={
        <ButtonLink to="/watches" search={changed(search, {})} onClick={focusSearch}>
          First page
        </ButtonLink>
      }
    >
      The list has changed since.
    </Empty>
  );
}
