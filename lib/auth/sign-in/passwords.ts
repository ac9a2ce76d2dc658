import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id, 64 MiB, 3 passes: about 80 ms of one core. */
const PARAMETERS = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;
const CURRENT = 'm=65536,t=3,p=1';
/** How many may be hashed at once in this process: each takes 64 MiB. */
const AT_ONCE = 4;

/** The password as an argon2id PHC string. Never inside a transaction: it takes its time. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFKC'), PARAMETERS));
}

/**
 * Whether the password fits the hash; null takes as long and answers no, so that an unknown account cannot be told from a
 * wrong password by the clock (ASVS 5.0 6.3.8).
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const against = stored ?? (await dummyHash());
  const fits = await inTurn(() => verify(against, password.normalize('NFKC')));
  return fits && stored !== null;
}

/** Whether the hash was made with other parameters than today's, to be made again at the next sign-in. */
export function isOutdated(stored: string): boolean {
  return !stored.includes(CURRENT);
}

/** Five groups of letters and digits without look-alikes: 125 random bits. */
export function generatePassword(): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';
  return Array.from({ length: 5 }, () =>
    [...randomBytes(5)].map((byte) => alphabet[byte & 31]).join(''),
  ).join('-');
}

let dummy: Promise<string> | undefined;
function dummyHash(): Promise<string> {
  dummy ??= hashPassword(randomBytes(16).toString('hex'));
  return dummy;
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
