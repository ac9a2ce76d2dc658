import { canonicalJson } from '@/lib/kernel/canonical-json';
import { messageOf } from '@/lib/kernel/errors';
import { type Evaluated, notEvaluated } from '@/lib/kernel/outcome';
import type { FigureContext } from './figures/figure';
import { FIGURES } from './figures/figures';
import type { Control } from './model/control';
import { isEndpoint } from './model/endpoints';
import type { RunInputs } from './model/evaluate';
import type { InputName, Reconciliation } from './model/inputs';
import type { InputEvidence } from './model/run';
import type { EndpointReader, ReadInput } from './read-endpoint';

/** Figures of rooms that controls may not import; absent: that room has nothing to say yet. */
export type SuppliedInputs = { readonly reconciliation?: () => Promise<Evaluated<Reconciliation>> };

export type InputsRead = { readonly inputs: RunInputs; readonly evidence: readonly InputEvidence[] };

/** Reads every input that any of the controls asks for, each once. One that cannot be read stops no other. */
export async function readInputs(
  controls: readonly Pick<Control, 'requires'>[],
  sources: {
    readonly endpoints: EndpointReader;
    readonly supplied: SuppliedInputs;
    readonly context: FigureContext;
    readonly clock: () => Date;
  },
): Promise<InputsRead> {
  const wanted = [...new Set(controls.flatMap((control) => control.requires))].sort();
  const inputs: { [K in InputName]?: Evaluated<unknown> } = {};
  const evidence: InputEvidence[] = [];
  for (const name of wanted) {
    const read = isEndpoint(name)
      ? await sources.endpoints.read(name, sources.clock)
      : await counted(name, sources);
    inputs[name] = read.value;
    evidence.push(read.evidence);
  }
  return { inputs, evidence };
}

async function counted(
  name: Exclude<InputName, Parameters<EndpointReader['read']>[0]>,
  sources: Parameters<typeof readInputs>[1],
): Promise<ReadInput> {
  const base = {
    input: name,
    source: 'product' as const,
    endpoint: null,
    permission: null,
    httpStatus: null,
    fetchedAt: sources.clock(),
    expectedTotal: null,
    readTotal: null,
    pages: null,
  };
  const refused = (because: string, state: 'failed' | 'not_available' = 'not_available'): ReadInput => ({
    value: notEvaluated(because),
    evidence: { ...base, state, because, bytes: null },
  });
  try {
    const value =
      name === 'reconciliation'
        ? ((await sources.supplied.reconciliation?.()) ??
          notEvaluated<Reconciliation>('access is not held against the personnel list'))
        : await FIGURES[name](sources.context);
    if (value.kind === 'not_evaluated') return refused(value.because);
    return {
      value,
      evidence: { ...base, state: 'answered', because: null, bytes: canonicalJson(value.value) },
    };
  } catch (error) {
    return refused(`it could not be counted: ${messageOf(error)}`, 'failed');
  }
}
