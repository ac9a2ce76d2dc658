import { namedPeople } from '../../world/cast.ts';
import { cycle } from '../../world/chance.ts';
import { ago, HISTORY_DAYS, MINUTE, SECOND } from '../../world/clock.ts';
import { person } from '../actors.ts';
import type { Outcome, Stage } from '../scene.ts';
import { ACCESS_FAMILIES } from './access.ts';
import { CONFIGURATION_FAMILIES } from './configuration.ts';

/** What twenty successive changes by people come to. More than half hold; the automation's share lifts the whole. */
const OUTCOMES: readonly Outcome[] = [
  'jira',
  'none',
  'chg',
  'naming',
  'late',
  'jira',
  'mismatch',
  'chg',
  'jira',
  'none',
  'outside',
  'jira',
  'naming',
  'chg',
  'none',
  'jira',
  'mismatch',
  'jira',
  'late',
  'none',
];

/** Those who work at the user interface every day. Who acts in a planted burst is not among them. */
export const ADMINISTRATORS = namedPeople()
  .map((somebody) => somebody.name)
  .filter(
    (name) =>
      !['Tobias Lindqvist', 'Luis Ortega', 'Molly Carver', 'Tom Ashworth', 'Wanda Pryce'].includes(name),
  );

/** Everyday work: fifteen changes on a working day, five at the weekend, in the order of time. */
export function plantRoutine(stage: Stage): void {
  const { world, chance } = stage;
  let n = 0;
  for (let daysAgo = HISTORY_DAYS; daysAgo >= 1; daysAgo -= 1) {
    const slots = daysAgo % 7 < 2 ? 5 : 15;
    for (let slot = 0; slot < slots; slot += 1) {
      const at =
        ago(world.anchor, daysAgo, '07:00:00') +
        slot * 43 * MINUTE +
        chance.int(0, 29) * MINUTE +
        chance.int(0, 59) * SECOND;
      const families = n % 3 === 2 ? ACCESS_FAMILIES : CONFIGURATION_FAMILIES;
      const family = cycle(families, n % 3 === 2 ? Math.floor(n / 3) : n);
      family({
        ...stage,
        at,
        actor: person(world, cycle(ADMINISTRATORS, n)),
        n,
        outcome: cycle(OUTCOMES, n),
      });
      n += 1;
    }
  }
}
