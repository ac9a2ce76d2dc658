import { viewCoverage } from '@/lib/changes/views/coverage';
import { toIso } from '@/lib/kernel/instant';
import { withProduct } from '../../wiring/product';
import type { Command } from '../command';
import { operatorOf } from '../operator';
import { textTable } from '../table';
import { instantOption } from './collect';

const GAPS_SHOWN = 20;

export const coverage: Command = {
  name: 'coverage',
  usage: 'coverage [--from <instant> --to <instant>]',
  summary:
    'Says for every hour whether it was read: complete, provisional, pending, gap or not evaluated. Default: 30 days.',
  options: { from: { type: 'string' }, to: { type: 'string' } },
  async run(call) {
    const from = instantOption(call, 'from');
    const to = instantOption(call, 'to');
    const asked = { ...(from ? { from: toIso(from) } : {}), ...(to ? { to: toIso(to) } : {}) };
    const found = await withProduct(
      'cli',
      async (product) => viewCoverage(await operatorOf(product), asked),
      call.progress,
    );
    const gaps = found.hours.filter((hour) => hour.state === 'gap' || hour.state === 'not_evaluated');
    const lines = [
      `${found.from} to ${found.to}, hours over ${found.services.length} services`,
      textTable(
        ['state', 'hours'],
        Object.entries(found.totals).map(([state, hours]) => [state.replaceAll('_', ' '), hours]),
      ),
      found.readTo === null || found.completeTo === null
        ? 'Nothing was collected yet.'
        : `Read to ${found.readTo}, complete or explained to ${found.completeTo}.`,
      ...gaps
        .slice(0, GAPS_SHOWN)
        .map((hour) => `${hour.hour}  ${hour.state.replaceAll('_', ' ')}: ${hour.because ?? ''}`),
      ...(gaps.length > GAPS_SHOWN ? [`and ${gaps.length - GAPS_SHOWN} more; --json lists all`] : []),
    ];
    return { json: found, text: lines.join('\n') };
  },
};
