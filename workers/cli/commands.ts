import type { Command } from './command';
import { apiKeyCreate } from './commands/api-key-create';
import { collect, link, snapshot, sync } from './commands/collect';
import { controls } from './commands/controls';
import { coverage } from './commands/coverage';
import { doctor } from './commands/doctor';
import { policyApply } from './commands/policy-apply';
import { rebuild } from './commands/rebuild';
import { userCreate } from './commands/user-create';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  collect,
  sync,
  snapshot,
  link,
  controls,
  rebuild,
  coverage,
  userCreate,
  apiKeyCreate,
  policyApply,
  doctor,
];
