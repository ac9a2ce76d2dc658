import { describe, expect, test } from 'vitest';
import { DAY_MS } from '@/lib/kernel/instant';
import { known } from '@/lib/kernel/outcome';
import { allControls, controlById, controlSha256 } from './catalogue';
import type { Control } from './model/control';
import { ENDPOINTS, endpointOf } from './model/endpoints';
import { evaluateControl } from './model/evaluate';
import { PRODUCT_INPUTS } from './model/inputs';
import { defaultThresholds, refuseThreshold } from './model/threshold';

const NOW = new Date('2026-11-30T12:00:00Z');
const judge = (control: Control, example: Pick<Control['examples'][number], 'inputs' | 'thresholds'>) =>
  evaluateControl(control, {
    inputs: example.inputs,
    thresholds: { ...defaultThresholds(control.thresholds), ...example.thresholds },
    notApplicable: null,
    now: NOW,
  });

const cases = allControls().flatMap((control) =>
  control.examples.map((example) => ({ name: `${control.id}: ${example.name}`, control, example })),
);

describe('each control says of its examples what they say', () => {
  test.each(cases)('$name', ({ control, example }) => {
    const judgement = judge(control, example);
    expect([judgement.outcome, judgement.sentence]).toEqual([example.outcome, judgement.sentence]);
    if (example.says) expect(judgement.sentence.replace(/^Not evaluated: /, '')).toMatch(example.says);
    const keys = judgement.observations.map((one) => one.key);
    expect(new Set(keys).size, 'keys are unique').toBe(keys.length);
    for (const one of judgement.observations) expect(one.sentence).not.toMatch(/undefined|NaN|\[object/);
  });

  test.each(allControls())(
    '$id passes, fails and is not evaluated in its examples, and says what to do',
    (control) => {
      const outcomes = new Set(control.examples.map((one) => one.outcome));
      expect([...outcomes].sort()).toEqual(['fail', 'not_evaluated', 'pass']);
      for (const text of [control.title, control.promise, control.remedy])
        expect(text.length).toBeGreaterThan(10);
      expect(controlById(control.id)).toBe(control);
      expect(controlSha256(control.id)).toMatch(/^[0-9a-f]{64}$/);
      for (const [name, spec] of Object.entries(control.thresholds))
        expect(refuseThreshold(spec, spec.default), name).toBeNull();
    },
  );

  test('I2: every input is a named address or counted by the product', () => {
    for (const control of allControls())
      for (const name of control.requires)
        expect(endpointOf(name) !== null || Object.hasOwn(PRODUCT_INPUTS, name), name).toBe(true);
    for (const name of Object.keys(ENDPOINTS)) expect(Object.hasOwn(PRODUCT_INPUTS, name)).toBe(false);
  });
});

describe('a control that could not look never passes', () => {
  test.each(allControls())('X7: $id with any one input missing is not evaluated', (control) => {
    const [passing] = control.examples.filter((one) => one.outcome === 'pass');
    if (passing === undefined) throw new Error('no passing example');
    for (const name of control.requires) {
      const inputs = {
        ...passing.inputs,
        [name]: { kind: 'not_evaluated', because: `no permission ${name}` } as const,
      };
      expect(judge(control, { ...passing, inputs })).toMatchObject({
        outcome: 'not_evaluated',
        because: `no permission ${name}`,
      });
      const { [name]: _, ...without } = passing.inputs;
      expect(judge(control, { ...passing, inputs: without as typeof passing.inputs }).outcome).toBe(
        'not_evaluated',
      );
    }
  });

  test.each(allControls())(
    'X7, I9: $id survives answers of any shape and passes on none of them',
    (control) => {
      const odd: readonly unknown[] = [
        null,
        undefined,
        7,
        'text',
        true,
        {},
        { entities: [] },
        [null],
        [7, 'x', {}],
        [[]],
      ];
      for (const value of odd) {
        const inputs = Object.fromEntries(control.requires.map((name) => [name, known(value)]));
        const judgement = judge(control, { inputs: inputs as Control['examples'][number]['inputs'] });
        expect(['fail', 'not_evaluated'], JSON.stringify(value)).toContain(judgement.outcome);
      }
    },
  );

  test('I9: a control that throws is not evaluated with its reason', () => {
    const [control] = allControls();
    if (control === undefined) throw new Error('there is no control');
    const broken: Control = {
      ...control,
      requires: [],
      evaluate: () => {
        throw new Error('a bare assert');
      },
    };
    expect(judge(broken, { inputs: control.examples[0]?.inputs ?? ({} as never) })).toMatchObject({
      outcome: 'not_evaluated',
      because: 'the check broke: a bare assert',
    });
  });

  test('not applicable holds until it expires, and not a moment longer', () => {
    const control = controlById('multi-factor');
    if (control === null) throw new Error('there is no such control');
    const at = (now: Date) =>
      evaluateControl(control, {
        inputs: { authentication: known({ multifactorAuthenticationRequired: false }) },
        thresholds: {},
        notApplicable: { reason: 'sign-in is by the identity provider alone', expiresAt: NOW },
        now,
      }).outcome;
    expect(at(new Date(NOW.getTime() - DAY_MS))).toBe('not_applicable');
    expect(at(NOW)).toBe('fail');
  });
});
