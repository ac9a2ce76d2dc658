import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floorToHour } from '@/lib/kernel/instant';
import { bulkTaskOf } from './bulk-task';
import { findRuns, type Point, type RunItem } from './find-runs';
import { light } from './light.test-kit';

function point(
  n: number,
  seconds: number,
  more: Partial<Pick<Point, 'opensStep' | 'cascadeId'>> = {},
): Point {
  return { kind: 'point', change: light(n, seconds), opensStep: true, cascadeId: null, ...more };
}
const tasksOf = (items: readonly RunItem[]) =>
  findRuns(items)
    .map(bulkTaskOf)
    .filter((task) => task !== null);
const steady = (count: number, gap: number, from = 0): Point[] =>
  Array.from({ length: count }, (_, n) => point(n + from, (n + from) * gap));

describe('bulk tasks', () => {
  test.each([
    [19, 60, 0],
    [20, 60, 1],
    [20, 61, 0],
    [1_000, 0, 1],
  ])('R23: %i changes, %i s apart, are %i task', (count, gap, tasks) => {
    expect(tasksOf(steady(count, gap))).toHaveLength(tasks);
  });

  test('R23: no length and no border ends a task: a day at one change a minute is one, with a stretch an hour', () => {
    const [task, ...others] = tasksOf(steady(1_440, 60));
    expect(others).toEqual([]);
    expect(task).toMatchObject({ id: 'ssn_a00000', steps: 1_440 });
    expect(task?.stretches.map((stretch) => stretch.steps)).toEqual(new Array(24).fill(60));
  });

  test('a cascade is one step wherever its other changes lie, and bridges the time between them', () => {
    const cascade = Array.from({ length: 30 }, (_, n) =>
      point(100 + n, 18 * 60 + n * 60, { cascadeId: 'ssn_x', opensStep: n === 0 }),
    );
    expect(tasksOf([...steady(18, 60), ...cascade])).toEqual([]);
    const [task] = tasksOf([...steady(18, 60), ...cascade, point(900, 18 * 60 + 30 * 60)]);
    expect(task?.steps).toBe(20);
  });

  test('a task is named after its first child that no cascade holds, so that both keep an id of their own', () => {
    const led = { cascadeId: 'ssn_a00000', opensStep: true };
    expect(tasksOf([point(0, 0, led), ...steady(19, 60, 1)])[0]?.id).toBe('ssn_a00001');
    const cascades = steady(20, 60).map((one) => ({ ...one, cascadeId: `ssn_${one.change.id}` }));
    expect(tasksOf(cascades)[0]?.id).toBe('ssn_a00000.bulk');
  });

  test('hours that are only known by what they came to give the same tasks as their changes would', () => {
    const gap = fc
      .noBias(fc.integer({ min: 0, max: 79 }))
      .map((n) => (n > 60 ? 60 : n === 0 ? 61 : n === 1 ? 400 : n - 1));
    const gaps = fc.array(gap, { minLength: 1, maxLength: 300, size: 'max' });
    let tasksSeen = 0;
    fc.assert(
      fc.property(gaps, fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }), (steps, sealed) => {
        let seconds = 0;
        const points = steps.map((gap, n) => {
          seconds += gap;
          return point(n, seconds, { opensStep: n % 3 !== 0, cascadeId: n % 5 === 0 ? 'ssn_x' : null });
        });
        const whole = tasksOf(points);
        const known = whole.flatMap((task) =>
          task.stretches.filter((stretch) => sealed[stretch.hour.getUTCHours()] === true),
        );
        const isKnown = (one: Point) =>
          known.some(
            (stretch) =>
              stretch.hour.getTime() === floorToHour(one.change.at).getTime() &&
              one.change.at >= stretch.first.at &&
              one.change.at <= stretch.lastAt,
          );
        const again = tasksOf([...known, ...points.filter((one) => !isKnown(one))].reverse());
        const told = (tasks: typeof whole) =>
          tasks.map((task) => ({
            id: task.id,
            steps: task.steps,
            anchor: task.anchor.id,
            last: task.run.lastAt,
          }));
        expect(told(again)).toEqual(told(whole));
        tasksSeen += whole.length;
      }),
    );
    expect(tasksSeen).toBeGreaterThan(50);
  });
});
