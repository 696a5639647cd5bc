import { useNavigate, useSearch } from "@tanstack/react-router";
import { useQuery } from "urql";
import type { WatchesSearch } from "@/addresses.ts";
import { watchSearchId } from "@/app/TopBar.tsx";
import { ButtonLink } from "@/ui/Button.tsx";
import { ImportIcon, PlusIcon } from "@/ui/icons.ts";
import { PageHead } from "@/ui/PageHead.tsx";
import { useIsPhone } from "@/ui/phone.ts";
import { SearchBox } from "@/ui/SearchBox.tsx";
import { Title } from "@/ui/Title.tsx";
import { FirstRun } from "./first/FirstRun.tsx";
import { ChosenFilters } from "./list/ChosenFilters.tsx";
import { Filters } from "./list/Filters.tsx";
import styles from "./list/list.module.css";
import { ViewCountsQuery } from "./list/query.ts";
import { changed, longestSearch } from "./list/search.ts";
import { ViewTabs } from "./list/ViewTabs.tsx";
import { WatchList } from "./list/WatchList.tsx";

/** The list of watches: find one, see what is wrong. Before there is any, the first steps. */
export function WatchesPage() {
  const search = useSearch({ from: "/app/watches" });
  const navigate = useNavigate({ from: "/watches" });
  const isPhone = useIsPhone();
  const [{ data: counts, fetching }] = useQuery({ query: ViewCountsQuery });
  const change = (by: { [Key in keyof WatchesSearch]?: WatchesSearch[Key] | undefined }, replace = false) =>
    navigate({ search: changed(search, by), replace, resetScroll: false });
  if (counts?.active?.totalCount === 0 && counts.archived?.totalCount === 0) return <FirstRun />;
  return (
    <>
      <Title>Watches</Title>
      <PageHead
        title="Watches"
        actions={
          <>
            <ButtonLink icon={ImportIcon} to="/integrations/matters">
              Import from Clio
            </ButtonLink>
            <ButtonLink look="main" icon={PlusIcon} to="/watches/new">
              New watch
            </ButtonLink>
          </>
        }
      />
      <ViewTabs search={search} />
      <div className={styles.bar}>
        <SearchBox
          id={watchSearchId}
          text={search.q ?? ""}
          label="Search watches by name, case number or attorney"
          placeholder="Name, case number or attorney"
          maxLength={longestSearch}
          onSearch={(q) => change({ q }, true)}
        />
        <Filters search={search} onChange={change} isPhone={isPhone} />
      </div>
      <ChosenFilters search={search} onChange={change} />
      <WatchList
        search={search}
        onSort={(sort) => change({ sort })}
        isPhone={isPhone}
        isUndecided={!counts && fetching}
      />
    </>
  );
}
