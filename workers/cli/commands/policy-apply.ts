import { applyPolicyFrom } from '../../wiring/policy';
import { withProduct } from '../../wiring/product';
import { type Command, UsageError } from '../command';
import { operatorActor } from '../operator';

export const policyApply: Command = {
  name: 'policy apply',
  usage: 'policy apply <file>',
  summary: 'Applies a policy file from now on; journaled, earlier times keep what was in force.',
  options: {},
  async run(call) {
    const [file] = call.positionals;
    if (file === undefined || call.positionals.length > 1) throw new UsageError('one file is needed');
    const applied = await withProduct(
      'cli',
      (product) => applyPolicyFrom(product, file, operatorActor()),
      call.progress,
    );
    const changed =
      applied.changed.length === 0
        ? 'Nothing changed: this policy is in force already.'
        : `Changed: ${applied.changed.join(', ')}.`;
    const unknown =
      applied.unknownDivisions.length === 0
        ? ''
        : `\nNo division is called or has the id ${applied.unknownDivisions.join(', ')}; its tag waits for one.`;
    return { json: applied, text: changed + unknown };
  },
};
