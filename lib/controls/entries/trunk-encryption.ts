import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl, type Observation } from '../model/control';
import { observed, untold } from '../model/observe';
import { listOf, memberOf, subjectOf, textIn, textsIn } from '../model/read-json';
import { flagOf } from '../model/threshold';

const setting = (value: unknown) => ({ value: { instance: value } });
const trunk = (transport: string | null, ciphers: readonly string[] | null, changed: object = {}) => ({
  id: 'b1',
  name: 'BYOC',
  trunkType: 'EXTERNAL',
  state: 'active',
  properties: {
    ...(transport === null ? {} : { trunk_transport_protocolVariant: setting(transport) }),
    ...(ciphers === null ? {} : { trunk_media_srtpCipherSuites: setting(ciphers) }),
  },
  ...changed,
});
const GOOD = trunk('tls', ['AES_CM_128_HMAC_SHA1_80']);

export default defineControl({
  id: 'trunk-encryption',
  title: 'Calls are encrypted on trunks',
  area: 'protection',
  promise: 'Signalling on external trunks runs over TLS and speech over SRTP.',
  severity: 'high',
  remedy:
    'In Genesys Cloud under Admin, Telephony, Trunks, choose TLS as the protocol and at least one SRTP cipher suite, and agree it with the carrier.',
  limits:
    'Trunks managed by the platform hide their settings: they cannot be told, and are not taken for encrypted.',
  requires: ['trunkBases'],
  thresholds: {
    withManaged: {
      kind: 'flag',
      title: 'Trunks managed by the platform count, too',
      default: false,
      why: 'Their settings are the platform’s own and hidden; counted, they keep the control from being evaluated',
    },
  },
  evaluate({ trunkBases }, thresholds) {
    const external = listOf(trunkBases).filter(
      (one) =>
        (textIn(one, 'trunkType') ?? 'EXTERNAL') === 'EXTERNAL' &&
        textIn(one, 'state') !== 'deleted' &&
        textIn(one, 'state') !== 'inactive',
    );
    const managed = external.filter((one) => memberOf(one, 'managed') === true);
    const judged = flagOf(thresholds, 'withManaged')
      ? external
      : external.filter((one) => !managed.includes(one));
    const rows = managed.map((one, place) => ({
      trunk: subjectOf('TrunkBase', one, place).name,
      managed: 'by the platform',
    }));
    if (judged.length === 0)
      return { nothing: 'There is no external trunk of your own, as the complete list of trunks says', rows };
    return { observations: judged.flatMap(ofTrunk), rows };
  },
  examples: [
    { name: 'TLS and SRTP', inputs: { trunkBases: known([GOOD]) }, outcome: 'pass' },
    {
      name: 'plain UDP',
      inputs: { trunkBases: known([GOOD, trunk('udp', [], { id: 'b2', name: 'Legacy' })]) },
      outcome: 'fail',
      says: /^Transport of trunk Legacy is udp, tls is required; SRTP of trunk Legacy is off/,
    },
    {
      name: 'a trunk that hides its settings is no pass and no accusation',
      inputs: { trunkBases: known([trunk(null, null)]) },
      outcome: 'not_evaluated',
    },
    {
      name: 'managed trunks are named, not judged',
      inputs: { trunkBases: known([GOOD, trunk(null, null, { id: 'b3', managed: true })]) },
      outcome: 'pass',
    },
    {
      name: 'managed trunks counted cannot be told',
      inputs: { trunkBases: known([GOOD, trunk(null, null, { id: 'b3', managed: true })]) },
      thresholds: { withManaged: true },
      outcome: 'not_evaluated',
    },
    {
      name: 'no trunk, proven',
      inputs: { trunkBases: known([]) },
      outcome: 'pass',
      says: /no external trunk/,
    },
    {
      name: 'not read',
      inputs: { trunkBases: notEvaluated('no permission telephony:plugin:all') },
      outcome: 'not_evaluated',
    },
  ],
});

function ofTrunk(trunk: unknown, place: number): readonly Observation[] {
  const subject = subjectOf('TrunkBase', trunk, place);
  const name = subject.name ?? subject.id;
  const transport = textIn(trunk, 'properties', 'trunk_transport_protocolVariant', 'value', 'instance');
  const ciphers = textsIn(trunk, 'properties', 'trunk_media_srtpCipherSuites', 'value', 'instance');
  const hidden = 'the platform does not show it';
  const carrier = { what: `Transport of trunk ${name}`, key: `${subject.id}/transport`, subject };
  const speech = { what: `SRTP of trunk ${name}`, key: `${subject.id}/srtp`, subject };
  return [
    transport === null
      ? untold(carrier, 'tls', hidden)
      : observed(carrier, { expected: 'tls', actual: transport, ok: transport.toLowerCase() === 'tls' }),
    ciphers === null
      ? untold(speech, 'at least one cipher suite', hidden)
      : observed(speech, {
          expected: 'at least one cipher suite',
          actual: ciphers.length === 0 ? 'off' : ciphers.join(', '),
          ok: ciphers.length > 0,
        }),
  ];
}
