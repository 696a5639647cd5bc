import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useQuery } from "urql";
import { reasonOf } from "@/api/errors.ts";
import { firstLast } from "@/format/names.ts";
import { ButtonLink } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { Empty, LoadFailed } from "@/ui/Empty.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { RightIcon } from "@/ui/icons.ts";
import { Crumbs, PageHead } from "@/ui/PageHead.tsx";
import { SkeletonRows } from "@/ui/Skeleton.tsx";
import { Title } from "@/ui/Title.tsx";
import { EditWatchForm } from "./form/EditWatchForm.tsx";
import { EditWatchQuery } from "./form/query.ts";
import { fieldNamed } from "./form/values.ts";

/** An edit of a watch. It begins with what the server has now, not with what was read before. */
export function EditWatchPage() {
  const { id } = useParams({ from: "/app/watches/$id/edit" });
  const { field } = useSearch({ from: "/app/watches/$id/edit" });
  const [{ data, error, fetching }, ask] = useQuery({
    query: EditWatchQuery,
    variables: { id },
    requestPolicy: "network-only",
  });
  const watch = data?.watch;
  if (!watch) {
    return (
      <>
        <Title>Edit watch</Title>
        <PageHead title="Edit watch" />
        <Card>
          {error ? (
            <LoadFailed
              what="The watch"
              reason={reasonOf(error)}
              onRetry={() => ask({ requestPolicy: "network-only" })}
            />
          ) : fetching ? (
            <SkeletonRows />
          ) : (
            <Empty
              title="This watch does not exist, or is not your firm’s"
              actions={<ButtonLink to="/watches">All watches</ButtonLink>}
            />
          )}
        </Card>
      </>
    );
  }
  const name = firstLast(watch);
  return (
    <>
      <Title>{`Edit ${name}`}</Title>
      <Crumbs
        above={
          <>
            <Link to="/watches">Watches</Link>
            <Icon of={RightIcon} />
            <Link to="/watches/$id" params={{ id }}>
              {name}
            </Link>
          </>
        }
        here="Edit"
      />
      <PageHead title={`Edit ${name}`} />
      {watch.status === "ARCHIVED" ? (
        <Archived id={id} />
      ) : (
        <EditWatchForm
          key={id}
          watch={watch}
          resolution={data.syncSettings?.conflictResolution}
          field={fieldNamed(field)}
        />
      )}
    </>
  );
}

function Archived({ id }: { id: string }) {
  return (
    <Card>
      <Empty
        title="This watch is archived"
        actions={
          <ButtonLink to="/watches/$id" params={{ id }}>
            Open the watch
          </ButtonLink>
        }
      >
        Archived watches cannot be edited. Unarchive it on its page first.
      </Empty>
    </Card>
  );
}
