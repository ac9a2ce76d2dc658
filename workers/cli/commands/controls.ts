import { controlById } from '@/lib/controls/catalogue';
import type { ControlsRun } from '@/lib/controls/run-controls';
import { controlTargets, preflightOf, runControlsOf } from '../../pipeline-controls';
import { withProduct } from '../../wiring/product';
import type { Command, CommandCall, CommandOutput } from '../command';
import { textTable } from '../table';

const BY = 'Command line';
const SAID = {
  pass: 'pass',
  fail: 'FAIL',
  not_evaluated: 'not evaluated',
  not_applicable: 'not applicable',
} as const;

export const controls: Command = {
  name: 'controls',
  usage: 'controls [--preflight]',
  summary:
    'Holds every control against the platform now. With --preflight it only says which could not be evaluated, and what is missing.',
  options: { preflight: { type: 'boolean' } },
  run: (call) => (call.values.preflight === true ? preflight(call) : run(call)),
};

function run(call: CommandCall): Promise<CommandOutput> {
  return withProduct(
    'cli',
    async (product) => {
      const done: ControlsRun[] = [];
      for (const target of await controlTargets(product)) {
        if (target.connection === null)
          call.progress(`${target.orgId}: ${target.because ?? 'not reachable'}`);
        const one = await runControlsOf(product, target, { kind: 'asked', by: BY });
        if (one !== null) done.push(one);
      }
      const rows = done.flatMap(({ results }) =>
        results.map((one) => [
          controlById(one.controlId)?.title ?? one.controlId,
          SAID[one.outcome],
          one.sentence,
        ]),
      );
      return {
        json: done.map(({ run: { counts, ...kept }, results }) => ({
          ...kept,
          counts,
          results: results.map(({ controlId, outcome, because, sentence, ruleSha256, observations }) => ({
            controlId,
            outcome,
            because,
            sentence,
            ruleSha256,
            observations,
          })),
        })),
        text: textTable(['control', 'outcome', 'says'], rows),
        // A failing control is a result, not a failure of the command.
        exitCode: done.length === 0 ? 1 : 0,
      };
    },
    call.progress,
  );
}

function preflight(call: CommandCall): Promise<CommandOutput> {
  return withProduct(
    'cli',
    async (product) => {
      const found = [];
      for (const target of await controlTargets(product))
        found.push({ orgId: target.orgId, controls: await preflightOf(product, target) });
      const rows = found.flatMap((one) =>
        one.controls.map(({ title, missing }) => [
          title,
          missing.length === 0 ? 'can be evaluated' : missing.map(({ because }) => because).join('; '),
        ]),
      );
      return { json: found, text: textTable(['control', 'before a run'], rows) };
    },
    call.progress,
  );
}
