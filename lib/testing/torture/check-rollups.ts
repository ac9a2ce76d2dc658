import { ROLLUPS, rollupDifferences } from '@/lib/changes/store/rollups';
import { type Evidence, type Figure, mustBeZero } from './check-result';

/** Rollups against the changes they count, row by row. */
export async function checkRollups({ sql, truth }: Evidence): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const rollup of ROLLUPS)
    figures.push(
      mustBeZero(`rows of ${rollup} that count wrongly`, await rollupDifferences(sql, truth.orgId, rollup)),
    );
  return figures;
}
