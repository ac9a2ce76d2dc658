import { describe, expect, test } from 'vitest';
import { type Declaration, type DeclaringStep, declaredAfter, objectsInFile } from './declared-objects';

const ID = 'c0000000-0000-4000-8000-000000000003';
const queue = (label: string, name: string) =>
  `resource "genesyscloud_routing_queue" "${label}" {\n  name = "${name}"\n}\n`;

function step(n: number, path: string, text: string): DeclaringStep {
  return {
    hash: String(n).repeat(40).slice(0, 40),
    at: new Date(n * 3_600_000),
    files: [{ path, objects: objectsInFile(path, text) }],
  };
}

describe('R18: what a repository declares', () => {
  test('resource blocks by name, import blocks by id, flows by name', () => {
    expect(objectsInFile('q.tf', queue('sales', 'Sales'))).toMatchObject([
      {
        resourceType: 'genesyscloud_routing_queue',
        label: 'sales',
        names: ['Sales'],
        entityTypes: ['Queue'],
      },
    ]);
    const imported = `import {\n  to = genesyscloud_routing_queue.sales\n  id = "${ID}"\n}\n${queue('sales', 'Sales')}`;
    expect(objectsInFile('q.tf', imported)).toMatchObject([{ names: ['Sales'], ids: [ID] }]);
    expect(objectsInFile('menu.yaml', 'inboundCall:\n  name: Main menu\n')).toMatchObject([
      { resourceType: 'flow', names: ['Main menu'], entityTypes: ['Flow'] },
    ]);
    expect(
      objectsInFile('data.tf', 'data "genesyscloud_user" "x" {\n  email = "a@example.test"\n}\n'),
    ).toEqual([]);
  });

  test('a declaration lasts from the commit that brings it to the one that takes it away; unchanged it goes on', () => {
    const steps = [
      step(1, 'q.tf', queue('a', 'A') + queue('b', 'B')),
      step(2, 'q.tf', queue('a', 'A') + queue('b', 'Renamed')),
      step(3, 'q.tf', queue('b', 'Renamed')),
    ];
    const { begun, ended } = declaredAfter([], steps);
    expect(ended).toEqual([]);
    const life = (one: Declaration) => [one.names[0], one.sinceAt.getTime(), one.untilAt?.getTime() ?? null];
    expect(begun.map(life).sort()).toEqual([
      ['A', 3_600_000, 3 * 3_600_000],
      ['B', 3_600_000, 2 * 3_600_000],
      ['Renamed', 2 * 3_600_000, null],
    ]);
  });

  test('read in two goes it comes to the same as read in one', () => {
    const steps = [
      step(1, 'q.tf', queue('a', 'A')),
      step(2, 'r.tf', queue('c', 'C')),
      step(3, 'q.tf', queue('a', 'A2')),
      step(4, 'r.tf', ''),
    ];
    const whole = declaredAfter([], steps).begun;
    const first = declaredAfter([], steps.slice(0, 2)).begun;
    const second = declaredAfter(first, steps.slice(2));
    const kept = first.filter(
      (one) => !second.ended.some((gone) => gone.path === one.path && gone.label === one.label),
    );
    const order = (list: readonly Declaration[]) =>
      list.map((one) => `${one.path} ${one.names} ${one.sinceAt.getTime()} ${one.untilAt?.getTime()}`).sort();
    expect(order([...kept, ...second.ended, ...second.begun])).toEqual(order(whole));
  });
});
