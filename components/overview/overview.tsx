'use client';

import { useOrganizations } from '@/components/frame/use-organizations';
import { PageHead } from '@/components/ui/layout/page-head';
import { describePeriod } from '@/components/url/period';
import { useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import { CollectorHealth } from './collector-health';
import { ExecutiveSummary } from './executive-summary';
import { HighRisk } from './high-risk';
import { MovesCard } from './moves-card';
import { NeedsYou } from './needs-you';
import { RateCard } from './rate-card';

export function Overview() {
  const { period, orgs } = useScope();
  const zone = useZone();
  const known = useOrganizations().data?.items ?? [];
  const names = known.filter((org) => orgs.length === 0 || orgs.includes(org.id)).map((org) => org.name);
  return (
    <>
      <PageHead
        title="Overview"
        scope={`${names.length === 0 ? 'No organisation' : names.join(', ')} · ${describePeriod(period, zone)}`}
      />
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <RateCard />
        <div className="flex flex-col gap-8 xl:row-span-2">
          <NeedsYou />
          <MovesCard />
          <CollectorHealth />
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <ExecutiveSummary />
          <HighRisk />
        </div>
      </div>
    </>
  );
}
