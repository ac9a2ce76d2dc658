import { attachEmbedded } from '@/lib/db/embedded/embedded';

/** A process that attaches to the embedded server of a folder, says how, and stays until its standard input ends. */
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: attach-embedded <data folder>');
const server = await attachEmbedded(folder);
process.stdout.write(`${JSON.stringify({ adopted: server.adopted, superUrl: server.superUrl })}\n`);
process.stdin.resume();
process.stdin.once('end', () => void server.leave());
