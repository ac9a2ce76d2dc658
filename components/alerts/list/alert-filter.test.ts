import { describe, expect, it } from 'vitest';
import { readScope } from '@/components/url/page-scope';
import { alertsPath, isNarrowed, readAlertFilter, viewOf, withView } from './alert-filter';

const params = (text: string) => new URLSearchParams(text);
const now = new Date('2026-11-28T10:00:00Z');

describe('the filter of alerts', () => {
  it('opens with what stands: open and acknowledged', () => {
    const filter = readAlertFilter(params(''));
    expect(filter.states).toEqual(['open', 'acknowledged']);
    expect(viewOf(filter)).toBe('standing');
    expect(isNarrowed(filter)).toBe(false);
  });

  it('drops what is no state and no severity', () => {
    const filter = readAlertFilter(params('state=closed&state=gone&severity=critical&severity=worse'));
    expect(filter.states).toEqual(['closed']);
    expect(filter.severities).toEqual(['critical']);
  });

  it('a view has an address, and the one the page opens with needs none', () => {
    const historic = withView(params('cursor=abc&alert=alr_1'), 'historic');
    expect(historic.toString()).toBe('state=historic');
    expect(withView(historic, 'standing').toString()).toBe('');
    expect(viewOf(readAlertFilter(withView(params(''), 'all')))).toBe('all');
  });

  it('asks the API for exactly what the address says', () => {
    const asked = alertsPath(params('severity=high&rule=self-move&q=Ortega'), readScope(params(''), now));
    const query = new URL(`http://x${asked}`).searchParams;
    expect(query.getAll('state')).toEqual(['open', 'acknowledged']);
    expect(query.get('severity')).toBe('high');
    expect(query.get('rule')).toBe('self-move');
    expect(query.get('q')).toBe('Ortega');
  });
});
