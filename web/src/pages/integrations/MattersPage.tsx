import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { MattersSearch } from "@/addresses.ts";
import { codes, reasonOf } from "@/api/errors.ts";
import { graphql, type ResultOf } from "@/api/graphql.ts";
import { count } from "@/format/counts.ts";
import { useForm } from "@/session/form.ts";
import { Button, ButtonLink } from "@/ui/Button.tsx";
import { Card, CardFoot } from "@/ui/Card.tsx";
import { Empty, LoadFailed } from "@/ui/Empty.tsx";
import { announce } from "@/ui/LiveRegion.tsx";
import { Note } from "@/ui/Note.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { StickyBar } from "@/ui/StickyBar.tsx";
import { Title } from "@/ui/Title.tsx";
import { ImportResultFields, ImportResults } from "./matters/ImportResults.tsx";
import { MattersFilters } from "./matters/MattersFilters.tsx";
import { MattersTable } from "./matters/MattersTable.tsx";
import styles from "./matters/matters.module.css";
import { filterOf } from "./matters/query.ts";
import { ReturnedFromClio } from "./matters/ReturnedFromClio.tsx";
import { choose, mostAtOnce, type Selection } from "./matters/selection.ts";
import { useMatters } from "./matters/useMatters.ts";

const ImportMatters = graphql(
  `
    mutation ImportMatters($matterIds: [ID!]!) {
      importMatters(matterIds: $matterIds) {
        results { ...ImportResult }
        userErrors { code message path retryAt }
      }
    }
  `,
  [ImportResultFields],
);

type Results = NonNullable<ResultOf<typeof ImportMatters>["importMatters"]>["results"];

const route = getRouteApi("/app/integrations/matters");

/** Clio's matters, to choose those that become watches. */
export function MattersPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const [selection, setSelection] = useState<Selection>(new Set());
  const [results, setResults] = useState<Results>();
  const [isFirst] = useState(search.first === 1);
  const found = useMatters(filterOf(search));
  const { submit, errors, isBusy } = useForm(ImportMatters, (data) => data.importMatters);
  const change = (part: Partial<MattersSearch>) => {
    navigate({ to: "/integrations/matters", search: { ...search, ...part }, replace: true });
  };
  const pick = (ids: readonly string[], isChosen: boolean) => {
    const next = choose(selection, ids, isChosen);
    setSelection(next);
    announce(`${next.size} chosen`);
  };
  const send = async () => {
    const payload = await submit({ matterIds: [...selection] });
    if (!payload) return;
    setResults(payload.results);
    setSelection(new Set());
  };
  const importMore = () => {
    setResults(undefined);
    found.lookAgain();
  };
  const problem = Object.values(errors)[0];
  return (
    <>
      <Title>Matters</Title>
      <ReturnedFromClio />
      {results ? (
        <ImportResults results={results} onImportMore={importMore} isFirst={isFirst} />
      ) : (
        <>
          <MattersFilters search={search} onChange={change} />
          <Card>
            <Matters
              found={found}
              selection={selection}
              onChoose={pick}
              onClear={() =>
                change({ q: undefined, status: undefined, area: undefined, first: undefined, imported: "any" })
              }
            />
          </Card>
          {problem && (
            <Note tone="danger" role="alert" title="Nothing was imported.">
              {problem}
            </Note>
          )}
          {selection.size > 0 && (
            <StickyBar
              label="Chosen matters"
              title={`${count(selection.size, "matter")} chosen`}
              text={
                selection.size === mostAtOnce
                  ? `${mostAtOnce} is the most at once.`
                  : `Each becomes a watch, filled from Clio. Up to ${mostAtOnce} at once.`
              }
              actions={
                <>
                  <Button look="quiet" onClick={() => setSelection(new Set())}>
                    Clear
                  </Button>
                  <Button
                    look="main"
                    onClick={send}
                    isBusy={isBusy}
                    busyText="Asking Clio…"
                    slowText="Clio is slow today"
                  >
                    Import {count(selection.size, "matter")}
                  </Button>
                </>
              }
            />
          )}
        </>
      )}
    </>
  );
}

interface MattersProps {
  found: ReturnType<typeof useMatters>;
  selection: Selection;
  onChoose: (ids: readonly string[], isChosen: boolean) => void;
  onClear: () => void;
}

function Matters({ found, selection, onChoose, onClear }: MattersProps) {
  const { matters, hasMore, isLooking, error } = found;
  if (matters.length === 0 && codes(error).includes("CLIO_NOT_CONNECTED")) {
    return (
      <Empty title="Clio is not connected" actions={<ButtonLink to="/integrations/clio">To Clio</ButtonLink>}>
        Matters are read from Clio.
      </Empty>
    );
  }
  if (matters.length === 0 && error) {
    return <LoadFailed what="The matters" reason={reasonOf(error)} onRetry={found.showMore} />;
  }
  if (matters.length === 0 && isLooking) return <SkeletonRows />;
  if (matters.length === 0 && !hasMore) {
    return (
      <Empty title="No matter matches" actions={<Button onClick={onClear}>Show all matters</Button>}>
        Matters that are watches already, and those that the filters leave out, are not shown.
      </Empty>
    );
  }
  return (
    <>
      {matters.length > 0 && <MattersTable matters={matters} selection={selection} onChoose={onChoose} />}
      <CardFoot>
        <span className={styles.foot}>
          {isLooking
            ? "Looking through Clio…"
            : `${count(matters.length, "matter")} shown${error ? `. ${reasonOf(error)}` : ""}`}
        </span>
        {hasMore && (
          <Button isSmall onClick={found.showMore} isBusy={isLooking}>
            Show more
          </Button>
        )}
      </CardFoot>
    </>
  );
}
