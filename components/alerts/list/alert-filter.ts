import { apiPath } from '@/components/api/api-key';
import { setValues } from '@/components/url/list-params';
import { type PageScope, scopeQuery } from '@/components/url/page-scope';
import { ALERT_STATES, type AlertDelaysDto, type AlertState } from '@/lib/alerts/contract/alerts';
import { RISKS, type Risk } from '@/lib/kernel/words';

/** The questions asked most about alerts; each is a set of states. `standing` is what the page opens with. */
export const VIEWS = [
  { id: 'standing', word: 'Standing', states: ['open', 'acknowledged'] },
  { id: 'open', word: 'Open', states: ['open'] },
  { id: 'acknowledged', word: 'Acknowledged', states: ['acknowledged'] },
  { id: 'closed', word: 'Closed', states: ['closed'] },
  { id: 'historic', word: 'Historic', states: ['historic'] },
  { id: 'all', word: 'All', states: ['open', 'acknowledged', 'closed', 'historic'] },
] as const satisfies readonly {
  readonly id: string;
  readonly word: string;
  readonly states: readonly AlertState[];
}[];
export type AlertViewId = (typeof VIEWS)[number]['id'];

export type AlertFilter = {
  readonly states: readonly AlertState[];
  readonly severities: readonly Risk[];
  readonly rules: readonly string[];
  readonly q: string;
};

/** What the address asks for. States it names wrongly are dropped; none means what stands. */
export function readAlertFilter(params: URLSearchParams): AlertFilter {
  const states = ALERT_STATES.filter((one) => params.getAll('state').includes(one));
  return {
    states: states.length === 0 ? VIEWS[0].states : states,
    severities: RISKS.filter((one) => params.getAll('severity').includes(one)),
    rules: params.getAll('rule').filter((rule) => rule !== '' && rule.length <= 100),
    q: (params.get('q') ?? '').trim().slice(0, 200),
  };
}

/** Which of the views the states are, or null for a set of its own. */
export function viewOf(filter: AlertFilter): AlertViewId | null {
  const view = VIEWS.find(
    (one) => one.states.length === filter.states.length && one.states.every((s) => filter.states.includes(s)),
  );
  return view?.id ?? null;
}

export function withView(params: URLSearchParams, id: AlertViewId): URLSearchParams {
  const view = VIEWS.find((one) => one.id === id) ?? VIEWS[0];
  return setValues(params, 'alert', { state: view.id === 'standing' ? [] : view.states });
}

/** How many alerts of the period a view holds, before any other filter. */
export function countOfView(id: AlertViewId, delays: AlertDelaysDto | undefined): number | undefined {
  const view = VIEWS.find((one) => one.id === id);
  if (delays === undefined || view === undefined) return undefined;
  return view.states.reduce((sum, state) => sum + delays.byState[state], 0);
}

/** Whether anything but the view narrows the list. */
export function isNarrowed(filter: AlertFilter): boolean {
  return filter.severities.length > 0 || filter.rules.length > 0 || filter.q !== '';
}

export function clearNarrowing(params: URLSearchParams): URLSearchParams {
  return setValues(params, 'alert', { severity: [], rule: [], q: [] });
}

/** What the list asks for its address; the page's server part asks the same beforehand. */
export function alertsPath(params: URLSearchParams, scope: PageScope): string {
  const filter = readAlertFilter(params);
  return apiPath('/api/v1/alerts', {
    ...scopeQuery(scope),
    state: filter.states,
    severity: filter.severities,
    rule: filter.rules,
    q: filter.q,
    cursor: params.get('cursor'),
    limit: 50,
  });
}
