'use client';

import Link from 'next/link';
import { apiPath } from '@/components/api/api-key';
import { useApi } from '@/components/api/use-api';
import { Badge } from '@/components/ui/badge';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { Definition } from '@/components/ui/data/definition';
import { wordsOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { PageHead } from '@/components/ui/layout/page-head';
import { Panel } from '@/components/ui/layout/panel';
import { ErrorState } from '@/components/ui/state/error-state';
import { PartialNote } from '@/components/ui/state/partial-note';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { DirectoryEntityDto } from '@/lib/directory/contract';
import { DIRECTORY_KINDS, type DirectoryKind } from '@/lib/kernel/words';
import { AsOfField } from '../as-of-field';
import { DirectoryCrumbs } from '../crumbs';
import { entityPath, useDirectory } from '../use-directory';
import { KIND_WORDS, NAME_SOURCE_WORDS } from '../words';
import { MembersPanel } from './members-panel';
import { VersionTable } from './version-table';

/** One entity as it was at an instant: name, place, members, and every version with how it is known. */
export function EntityView({ kind, id }: { readonly kind: DirectoryKind; readonly id: string }) {
  const { at, org, cursor, params } = useDirectory();
  const only = DIRECTORY_KINDS.find((one) => one === params.get('members')) ?? null;
  const found = useApi<DirectoryEntityDto>(
    apiPath(`/api/v1/directory${entityPath(kind, id)}`, { at, org, cursor, members: only }),
    { keep: true },
  );
  const entity = found.data;
  return (
    <>
      <DirectoryCrumbs kind={kind} />
      <PageHead
        title={entity?.name.name ?? id}
        scope={
          <>
            {KIND_WORDS[kind].one}
            {entity === undefined ? '' : ', as of '}
            {entity === undefined ? null : <Time at={entity.at} />}
          </>
        }
      >
        <AsOfField />
      </PageHead>
      {found.isError ? (
        <ErrorState
          doing={`cannot show this ${KIND_WORDS[kind].one}`}
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      ) : entity === undefined ? (
        <SkeletonRows rows={10} label={`Reading this ${KIND_WORDS[kind].one}`} />
      ) : (
        <Found entity={entity} only={only} />
      )}
    </>
  );
}

function Found({
  entity,
  only,
}: {
  readonly entity: DirectoryEntityDto;
  readonly only: DirectoryKind | null;
}) {
  return (
    <div className="flex flex-col gap-8">
      {entity.state === 'unknown' ? (
        <PartialNote>
          Nothing was known of it at that instant. Its first version is of{' '}
          <Time at={entity.versions.at(-1)?.validFrom ?? entity.at} />; what it was called before is
          unresolved, not assumed.
        </PartialNote>
      ) : null}
      <div className="grid gap-8 xl:grid-cols-2">
        <Panel title="At that instant">
          <Facts entity={entity} />
        </Panel>
        <Panel title="Versions" aside="a version holds until the next one begins">
          <VersionTable entity={entity} />
        </Panel>
      </div>
      {entity.members === null ? null : <MembersPanel entity={entity} members={entity.members} only={only} />}
      {entity.item === null ? null : (
        <Panel title="As the platform described it" aside="without secrets and without counters">
          <textarea
            readOnly
            spellCheck={false}
            aria-label="The platform's description"
            rows={Math.min(24, JSON.stringify(entity.item, null, 2).split('\n').length + 1)}
            value={JSON.stringify(entity.item, null, 2)}
            className="block w-full resize-y rounded-md border bg-sunken p-3 font-mono text-xs"
          />
        </Panel>
      )}
    </div>
  );
}

function Facts({ entity }: { readonly entity: DirectoryEntityDto }) {
  const { door } = useDirectory();
  const { division, parent, tag, name } = entity;
  return (
    <Definition
      rows={[
        {
          term: 'State',
          value:
            entity.state === 'present' ? (
              'Present'
            ) : (
              <Badge tone={entity.state === 'deleted' ? 'plain' : 'warn'}>
                {entity.state === 'deleted' ? 'Deleted' : 'Not known by then'}
              </Badge>
            ),
        },
        {
          term: 'Name',
          value: (
            <>
              {name.name ?? 'unresolved'}{' '}
              <span className="text-sm text-muted">
                {NAME_SOURCE_WORDS[name.from]}
                {name.knownFrom === null ? '' : ', '}
                {name.knownFrom === null ? null : <Time at={name.knownFrom} />}
              </span>
            </>
          ),
        },
        ...(division === null
          ? []
          : [
              {
                term: 'Division',
                value: (
                  <Link className="door" href={door(entityPath('division', division.id))}>
                    {division.name ?? division.id}
                  </Link>
                ),
              },
            ]),
        ...(tag === null
          ? []
          : [
              {
                term: 'Region',
                value: `${tag.region ?? 'none'}, ${wordsOf(tag.sensitivity)}${tag.rank === null ? '' : `, rank ${tag.rank}`}`,
              },
            ]),
        ...(parent?.kind == null
          ? []
          : [
              {
                term: KIND_WORDS[parent.kind].one.replace(/^./, (letter) => letter.toUpperCase()),
                value: (
                  <Link className="door" href={door(entityPath(parent.kind, parent.id))}>
                    {parent.name ?? parent.id}
                  </Link>
                ),
              },
            ]),
        { term: 'How we know', value: entity.knownFrom?.words ?? 'not known by then' },
        { term: 'Id', value: <CopyableId id={entity.id} label="id" full /> },
      ]}
    />
  );
}
