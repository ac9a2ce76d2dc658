import { describe, expect, it } from 'vitest';
import { hrefWithScope, readScope, scopeQuery, toSearchParams } from './page-scope';

const NOW = new Date('2026-11-20T14:22:31Z');
const ORG = '11111111-2222-4333-8444-555555555555';

describe('the scope of a page', () => {
  it('takes organisations only by id', () => {
    const scope = readScope(new URLSearchParams(`org=${ORG}&org=northwind`), NOW);
    expect(scope.orgs).toEqual([ORG]);
    expect(scopeQuery(scope)).toEqual({
      from: '2026-10-22T00:00:00Z',
      to: '2026-11-21T00:00:00Z',
      org: [ORG],
    });
  });

  it('travels to the next page, filters of this page stay behind', () => {
    const params = new URLSearchParams(`org=${ORG}&period=7d&zone=Europe/Rome&service=Directory&cursor=x`);
    expect(hrefWithScope('/coverage', params)).toBe(`/coverage?org=${ORG}&period=7d&zone=Europe%2FRome`);
  });

  it('a door with its own range replaces the relative period', () => {
    const params = new URLSearchParams('period=7d');
    expect(
      hrefWithScope('/changes', params, {
        from: '2026-11-03T00:00:00Z',
        to: '2026-11-04T00:00:00Z',
        risk: ['high'],
      }),
    ).toBe('/changes?from=2026-11-03T00%3A00%3A00Z&to=2026-11-04T00%3A00%3A00Z&risk=high');
  });

  it('reads a parameter given once or many times', () => {
    expect(toSearchParams({ risk: ['high', 'critical'], q: 'dana', none: undefined }).toString()).toBe(
      'risk=high&risk=critical&q=dana',
    );
  });
});
