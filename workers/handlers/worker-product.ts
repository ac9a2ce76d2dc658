import { type Product, productOfProcess } from '../wiring/product';

let kept: Product | undefined;

/** The product of this worker, opened at first use: its clients keep their tokens from job to job. */
export function workerProduct(): Product {
  kept ??= productOfProcess();
  return kept;
}
