import { readLocalInput, toLocalInput } from '@/components/url/period';
import type { WindowPreviewInput, WindowVersionDto } from '@/lib/directory/contract/windows';
import { toIso } from '@/lib/kernel/instant';

export const REPEATS = [
  { value: 'once', label: 'Once' },
  { value: 'daily', label: 'Every day' },
  { value: 'weekdays', label: 'Monday to Friday' },
  { value: 'weekly', label: 'Every week on chosen days' },
  { value: 'monthly', label: 'Every month on one weekday' },
  { value: 'expert', label: 'By a recurrence rule (RFC 5545)' },
] as const;
export type Repeats = (typeof REPEATS)[number]['value'];

export const WEEKDAYS = [
  { value: 'MO', label: 'Mon' },
  { value: 'TU', label: 'Tue' },
  { value: 'WE', label: 'Wed' },
  { value: 'TH', label: 'Thu' },
  { value: 'FR', label: 'Fri' },
  { value: 'SA', label: 'Sat' },
  { value: 'SU', label: 'Sun' },
] as const;
export type Weekday = (typeof WEEKDAYS)[number]['value'];

export const NTHS = [
  { value: '1', label: 'First' },
  { value: '2', label: 'Second' },
  { value: '3', label: 'Third' },
  { value: '4', label: 'Fourth' },
  { value: '-1', label: 'Last' },
] as const;
export type Nth = (typeof NTHS)[number]['value'];

/** A window as it is being typed in: what the fields hold, word for word. */
export type WindowForm = {
  readonly kind: 'window' | 'freeze';
  readonly name: string;
  readonly zone: string;
  readonly repeats: Repeats;
  /** Of a window that is open once: local times of the zone. */
  readonly from: string;
  readonly to: string;
  /** Of one that recurs: first day, and its clock. */
  readonly firstDay: string;
  readonly start: string;
  readonly end: string;
  readonly days: readonly Weekday[];
  readonly nth: Nth;
  readonly nthDay: Weekday;
  readonly until: string;
  readonly rule: string;
  readonly minutes: string;
  readonly except: string;
  readonly divisions: readonly string[];
  readonly services: string;
  readonly entityTypes: string;
  readonly objects: string;
  readonly approver: string;
  readonly ticket: string;
};

/** An empty form for a day. */
export function emptyForm(zone: string, now: Date): WindowForm {
  const day = toLocalInput(now, zone).slice(0, 10);
  return {
    kind: 'window',
    name: '',
    zone,
    repeats: 'weekly',
    from: `${day}T22:00`,
    to: `${day}T23:00`,
    firstDay: day,
    start: '22:00',
    end: '04:00',
    days: [],
    nth: '1',
    nthDay: 'SA',
    until: '',
    rule: 'FREQ=WEEKLY;BYDAY=SA',
    minutes: '240',
    except: '',
    divisions: [],
    services: '',
    entityTypes: '',
    objects: '',
    approver: '',
    ticket: '',
  };
}

/** The form that gives a window as it stands. A rule that no preset makes is shown as a rule. */
export function formOf(window: WindowVersionDto, now: Date): WindowForm {
  const empty = emptyForm(window.zone, now);
  const { scope, times } = window;
  const common = {
    ...empty,
    kind: window.kind,
    name: window.name,
    divisions: scope.divisions,
    services: scope.services.join(', '),
    entityTypes: scope.entityTypes.join(', '),
    objects: scope.objects.join('\n'),
    approver: window.approver ?? '',
    ticket: window.ticket ?? '',
  };
  if (times.kind === 'once') {
    const local = (at: string) => toLocalInput(new Date(at), window.zone);
    return { ...common, repeats: 'once', from: local(times.from), to: local(times.to) };
  }
  return {
    ...common,
    repeats: 'expert',
    firstDay: times.start.slice(0, 10),
    start: times.start.slice(11),
    rule: times.rule,
    minutes: String(times.minutes),
    except: times.except.join('\n'),
  };
}

/** What is wrong with a form before it is sent, by field; nothing where it can be sent. */
export function formProblems(form: WindowForm): Partial<Record<keyof WindowForm, string>> {
  const wrong: Partial<Record<keyof WindowForm, string>> = {};
  if (form.name.trim() === '') wrong.name = 'A name is needed.';
  if (form.repeats === 'once') {
    wrong.from = localProblem(form.from, form.zone);
    wrong.to = localProblem(form.to, form.zone);
    if (!wrong.from && !wrong.to && form.from >= form.to) wrong.to = 'It must end after it begins.';
  } else {
    if (form.firstDay === '') wrong.firstDay = 'A first day is needed.';
    if (form.start === '') wrong.start = 'A start is needed.';
    if (form.repeats === 'expert') {
      if (!/^[1-9]\d*$/.test(form.minutes.trim())) wrong.minutes = 'A length in whole minutes is needed.';
      if (form.rule.trim() === '') wrong.rule = 'A rule is needed.';
    } else if (form.end === '') wrong.end = 'An end is needed.';
    if (form.repeats === 'weekly' && form.days.length === 0) wrong.days = 'Choose at least one day.';
  }
  return Object.fromEntries(Object.entries(wrong).filter(([, problem]) => problem !== undefined));
}

function localProblem(local: string, zone: string): string | undefined {
  const at = readLocalInput(local, zone);
  if (at === null) return 'A date and time is needed.';
  return toLocalInput(at, zone) === local ? undefined : `The clocks of ${zone} skip this time.`;
}

/** When the form says it is open, as the API takes it. Requires a form without problems. */
export function timesOfForm(form: WindowForm): WindowPreviewInput['times'] {
  if (form.repeats === 'once') {
    const at = (local: string) => toIso(readLocalInput(local, form.zone) ?? new Date(Number.NaN));
    return { kind: 'once', from: at(form.from), to: at(form.to) };
  }
  return {
    kind: 'recurring',
    start: `${form.firstDay}T${form.start}`,
    minutes: form.repeats === 'expert' ? Number(form.minutes) : minutesBetween(form.start, form.end),
    rule: ruleOf(form),
    except: listOf(form.except),
  };
}

function ruleOf(form: WindowForm): string {
  const until = form.until === '' ? '' : `;UNTIL=${form.until.replaceAll('-', '')}`;
  switch (form.repeats) {
    case 'daily':
      return `FREQ=DAILY${until}`;
    case 'weekdays':
      return `FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR${until}`;
    case 'weekly':
      return `FREQ=WEEKLY;BYDAY=${WEEKDAYS.flatMap(({ value }) => (form.days.includes(value) ? [value] : [])).join(',')}${until}`;
    case 'monthly':
      return `FREQ=MONTHLY;BYDAY=${form.nth}${form.nthDay}${until}`;
    default:
      return form.rule.trim();
  }
}

/** Minutes from one clock to the next time the other is shown: 22:00 to 04:00 are 360, 08:00 to 08:00 a whole day. */
export function minutesBetween(start: string, end: string): number {
  const minute = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
  const length = minute(end) - minute(start);
  return length > 0 ? length : length + 24 * 60;
}

/** The body that the API takes, without organisation and reason. */
export function bodyOf(form: WindowForm) {
  const { kind, zone } = form;
  return {
    kind,
    name: form.name.trim(),
    zone,
    times: timesOfForm(form),
    scope: {
      divisions: [...form.divisions],
      services: listOf(form.services),
      entityTypes: listOf(form.entityTypes),
      objects: listOf(form.objects),
    },
    ...(form.approver.trim() === '' ? {} : { approver: form.approver.trim() }),
    ...(form.ticket.trim() === '' ? {} : { ticket: form.ticket.trim() }),
  };
}

function listOf(text: string): string[] {
  return [...new Set(text.split(/[,\n]/).map((one) => one.trim()))].filter((one) => one !== '');
}
