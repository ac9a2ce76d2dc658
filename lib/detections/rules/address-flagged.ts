import { concernOfMove } from '../model/concerns';
import { exampleMove } from '../model/example-subjects';
import type { Rule } from '../model/rule';
import { moveSentence } from '../model/say-move';

const ID = 'address-flagged';

const rule: Rule<'move'> = {
  id: ID,
  title: 'A move came from an unexpected address',
  about:
    'The address of the administrator lies outside the allow-list (high), or was never seen with this person before (medium): possibly unauthorised remote access.',
  severity: 'varies',
  runbook:
    'Ask the administrator where they were. If it was not them: deactivate the account, revoke its tokens, and look at everything that came from the address.',
  controls: ['remote-access'],
  on: 'move',
  responses: [],
  judge(move) {
    if (move.addressFlags.length === 0) return null;
    const outside = move.addressFlags.some((one) => one.flag === 'outside_allow_list');
    return concernOfMove(move, {
      rule: ID,
      severity: outside ? 'high' : 'medium',
      sentence: `${moveSentence(move)}, from ${outside ? 'an address outside the allow-list' : 'an address new for them'} (${move.clientIp ?? 'unknown'})`,
      reasons: move.addressFlags.map((one) => one.because),
      tell: ['officer'],
    });
  },
  examples: [
    {
      name: 'outside the allow-list',
      subject: exampleMove({
        clientIp: '192.0.2.77',
        addressFlags: [
          { flag: 'outside_allow_list', because: '192.0.2.77 is in none of the 3 allowed networks' },
        ],
      }),
      finds: { severity: 'high', says: /from an address outside the allow-list \(192\.0\.2\.77\)$/ },
    },
    {
      name: 'new for this person',
      subject: exampleMove({
        addressFlags: [{ flag: 'new_for_person', because: 'never seen with Dana Admin before' }],
      }),
      finds: { severity: 'medium' },
    },
    { name: 'an allowed and known address', subject: exampleMove(), finds: null },
  ],
};
export default rule;
