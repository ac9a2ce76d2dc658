import { createHash, randomBytes } from 'node:crypto';
import { openVault } from '@/lib/vault/vault';

/** A process that puts objects named by their hash into a vault until it is killed. */
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: fill-vault <folder>');
const vault = openVault(`file:${folder}`);
process.stdout.write('ready\n');
for (;;) {
  const bytes = randomBytes(256 * 1024);
  await vault.putOnce(`raw/${createHash('sha256').update(bytes).digest('hex')}`, bytes);
}
