import { randomBytes } from 'node:crypto';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Genesys Cloud's id of an organisation; every table with an org's data carries it. */
export type OrgId = Branded<'OrgId'>;
/** The platform's audit id: the id of a change. */
export type ChangeId = Branded<'ChangeId'>;
export type UserId = Branded<'UserId'>;

/** Prefixes of our own ids. A removed prefix is never used again. */
export const ID_PREFIXES = {
  user: 'usr',
  session: 'ses',
  apiKey: 'key',
  journal: 'jrn',
  rawPage: 'pag',
  run: 'run',
  reading: 'rdg',
  quarantine: 'qrn',
  snapshot: 'snp',
  evaluation: 'evl',
  secret: 'sec',
  setting: 'set',
  observation: 'obs',
  source: 'src',
  finding: 'fnd',
  moveReview: 'mrv',
  alert: 'alr',
  alertEvent: 'ale',
  alertRule: 'rul',
  channel: 'chn',
  delivery: 'dlv',
  attempt: 'att',
  inboxItem: 'inb',
  mute: 'mut',
  response: 'rsp',
  responseStep: 'rst',
  responseDecision: 'rdc',
  pushed: 'psh',
  changeWindow: 'cwn',
  windowVersion: 'cwv',
  riskRule: 'hrr',
  riskProposal: 'hrp',
  linkDecision: 'lkd',
  linkBatch: 'lkb',
  excuseRule: 'exr',
  excuseDecision: 'exd',
  justification: 'jst',
  justificationEvent: 'jse',
  standingEvent: 'ste',
  exception: 'exc',
  exceptionEvent: 'exe',
  acceptance: 'acc',
  attachment: 'atc',
  assignmentRule: 'asr',
  controlRun: 'crn',
  controlResult: 'crs',
  controlEvidence: 'cev',
  controlSetting: 'cst',
} as const;
export type IdKind = keyof typeof ID_PREFIXES;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A new id such as `jrn_01jd…`: 48 bits of time and 80 of randomness in base 32, so that ids sort by age. */
export function newId(kind: IdKind, now: Date = new Date()): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  randomBytes(10).copy(bytes, 6);
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += ALPHABET[(value >>> (bits - 5)) & 31];
      bits -= 5;
    }
    value &= (1 << bits) - 1;
  }
  if (bits > 0) text += ALPHABET[(value << (5 - bits)) & 31];
  return `${ID_PREFIXES[kind]}_${text}`;
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The organisation id in lower case. Throws a RangeError when the text is no UUID. */
export function orgId(text: string): OrgId {
  if (!isUuid(text)) throw new RangeError('an organisation id is a UUID');
  return text.toLowerCase() as OrgId;
}
