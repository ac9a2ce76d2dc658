import { type Examination, examine } from '../../wiring/examine';
import { withProduct } from '../../wiring/product';
import type { Command } from '../command';

const MARK: Readonly<Record<Examination['state'], string>> = {
  ok: 'ok  ',
  warning: 'warn',
  failed: 'FAIL',
  not_evaluated: '?   ',
};

export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor',
  summary:
    'Says what is connected, which permission or setting is missing, and how to mend it. Changes nothing.',
  options: {},
  async run(call) {
    const findings = await withProduct('cli', (product, ready) => examine(product, ready), call.progress);
    const failed = findings.some((one) => one.state === 'failed');
    const lines = findings.map((one) => {
      const mend = one.mend === null ? '' : `\n       ${one.mend}`;
      return `${MARK[one.state]}  ${one.about}: ${one.says}${mend}`;
    });
    return { json: { healthy: !failed, findings }, text: lines.join('\n'), exitCode: failed ? 1 : 0 };
  },
};
