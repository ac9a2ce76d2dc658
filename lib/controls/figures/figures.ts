import type { ProductInput } from '../model/inputs';
import { changeManagement, selfActs } from './changes';
import type { Figure } from './figure';
import { keeping } from './keeping';
import { eventLogging } from './logging';
import { boundaries, reviews } from './moves';
import { clientActs, privilegedAccess } from './privileged-access';

/** What the product counts from the rooms above; what a later room knows is handed in by the pipeline. */
export const FIGURES: { readonly [K in Exclude<ProductInput, 'reconciliation'>]: Figure<unknown> } = {
  privilegedAccess,
  changeManagement,
  eventLogging,
  selfActs,
  boundaries,
  reviews,
  keeping,
  clientActs,
};
