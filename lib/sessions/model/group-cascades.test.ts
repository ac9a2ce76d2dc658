import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupCascades } from './group-cascades';
import { ERIK, light, system } from './light.test-kit';

const shape = (changes: Parameters<typeof groupCascades>[0]) =>
  groupCascades(changes)
    .map((cascade) => ({
      rule: cascade.rule,
      owner: cascade.owner.id,
      children: cascade.changes.map((change) => change.id),
    }))
    .sort((a, b) => (a.children.join() < b.children.join() ? -1 : 1));

describe('cascades', () => {
  test('two records of one transaction are enough; the initiator owns them, however early another is', () => {
    const first = system(1, 0, { transactionKey: 't' });
    const initiator = light(2, 5, { transactionKey: 't', initiator: true });
    expect(shape([first, initiator])).toEqual([
      { rule: 'transaction', owner: 'a00002', children: ['a00001', 'a00002'] },
    ]);
  });

  test('without an initiator the earliest direct record owns it', () => {
    const records = [system(1, 0), light(2, 1), light(3, 2)].map((one) => ({ ...one, transactionKey: 't' }));
    expect(shape(records)[0]?.owner).toBe('a00002');
  });

  test('an initiator that names no transaction stands for its own', () => {
    const initiator = light(1, 0, { transactionKey: 'a00001', initiator: true });
    expect(shape([initiator, system(2, 9, { transactionKey: 'a00001' })])).toHaveLength(1);
  });

  test.each([
    ['600 s', 600, 1],
    ['601 s', 601, 0],
  ])('a correlation holds together over %s', (_name, seconds, cascades) => {
    expect(
      shape([light(1, 0, { correlationId: 'c' }), system(2, seconds, { correlationId: 'c' })]),
    ).toHaveLength(cascades);
  });

  test('a correlation is chained: each record within ten minutes of the one before', () => {
    const records = [0, 500, 1_000, 1_500].map((seconds, n) => light(n, seconds, { correlationId: 'c' }));
    expect(shape(records)[0]?.children).toHaveLength(4);
  });

  test('R22: a direct record of somebody else in the transaction stays outside; two of them are a cascade of their own', () => {
    const own = [
      light(1, 0, { transactionKey: 't', initiator: true }),
      system(2, 1, { transactionKey: 't' }),
    ];
    const other = (n: number) => light(n, n, { transactionKey: 't', actorId: ERIK });
    expect(shape([...own, other(3)]).map((one) => one.children)).toEqual([['a00001', 'a00002']]);
    expect(shape([...own, other(3), other(4)])).toEqual([
      { rule: 'transaction', owner: 'a00001', children: ['a00001', 'a00002'] },
      { rule: 'transaction', owner: 'a00003', children: ['a00003', 'a00004'] },
    ]);
  });

  test('a transaction that stands alone groups nothing, and the correlation is asked', () => {
    const records = [
      light(1, 0, { transactionKey: 't1', correlationId: 'c' }),
      light(2, 1, { transactionKey: 't2', correlationId: 'c' }),
    ];
    expect(shape(records)).toEqual([
      { rule: 'correlation', owner: 'a00001', children: ['a00001', 'a00002'] },
    ]);
  });

  test('what the related query put under one act is a cascade', () => {
    expect(shape([light(1, 0, { actId: 'x' }), system(2, 900, { actId: 'x' })])[0]?.rule).toBe('related');
  });

  test('records by nobody known are nobody’s children but the platform’s', () => {
    const unknown = { actorId: null, transactionKey: 't' };
    expect(shape([light(1, 0, unknown), light(2, 1, unknown)])).toEqual([]);
    expect(
      shape([system(3, 0, { transactionKey: 't' }), system(4, 1, { transactionKey: 't' })]),
    ).toHaveLength(1);
  });

  const change = fc.record({
    seconds: fc.integer({ min: 0, max: 5_000 }),
    system: fc.boolean(),
    erik: fc.boolean(),
    initiator: fc.boolean(),
    transactionKey: fc.constantFrom(null, null, 't1', 't2'),
    correlationId: fc.constantFrom(null, 'c1', 'c2'),
    actId: fc.constantFrom(null, null, 'x'),
  });

  test('the order records come in plays no part, nothing is in two cascades, and owners never merge', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.integer(), (made, turn) => {
        const changes = made.map(({ seconds, system: isSystem, erik, ...more }, n) =>
          isSystem
            ? system(n, seconds, more)
            : light(n, seconds, { ...more, ...(erik ? { actorId: ERIK } : {}) }),
        );
        const cascades = groupCascades(changes);
        const turned = changes
          .map((_one, n) => changes[(n * 7 + Math.abs(turn)) % changes.length])
          .filter((one) => one !== undefined);
        if (new Set(turned).size === changes.length) expect(shape(turned)).toEqual(shape(changes));
        const children = cascades.flatMap((cascade) => cascade.changes);
        expect(new Set(children).size).toBe(children.length);
        for (const cascade of cascades) {
          expect(cascade.changes.length).toBeGreaterThan(1);
          const actors = new Set(
            cascade.changes.filter((one) => one.level === 'USER').map((one) => one.actorId),
          );
          expect(actors.size).toBeLessThan(2);
        }
      }),
    );
  });
});
