import path from 'node:path';
import { parseArgs } from 'node:util';

export type DemoOptions = {
  readonly dataDir: string;
  /** The port asked for; the demo moves to the next free one. */
  readonly port: number;
  /** Keeps the organisation from changing. */
  readonly still: boolean;
  /** The instant at which the organisation's history ends, or null for its default. */
  readonly anchor: string | null;
};

export const DEMO_USAGE =
  'usage: npm run demo -- [--still] [--port <number>] [--data-dir <folder>] [--anchor <instant>]';

/** The options of the command line. Throws a TypeError for what is none. */
export function readOptions(argv: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      still: { type: 'boolean' },
      port: { type: 'string' },
      'data-dir': { type: 'string' },
      anchor: { type: 'string' },
    },
  });
  const port = Number(values.port ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new TypeError('--port is no port');
  return {
    dataDir: path.resolve(values['data-dir'] ?? '.data/demo'),
    port,
    still: values.still === true,
    anchor: values.anchor ?? null,
  };
}
