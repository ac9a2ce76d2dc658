export type LicenceTier = {
  /** The highest tier found: 1, 2, 3. */
  readonly tier: number;
  /** The licences that said so. */
  readonly names: readonly string[];
  /** CX 2 or CX 3: what the product is made for. */
  readonly sufficient: boolean;
};

/** `Genesys Cloud CX 3`, `cloudCX2`, `gc-cx-1`. The platform documents no names: the pattern can be replaced; its first group is the tier. */
export const LICENCE_PATTERN = /cx[\s_-]*([1-4])/i;

const NEEDED_TIER = 2;

/** The tier of an organisation by the names of its licences; null when none of them looks like one. */
export function licenceTier(names: readonly string[], pattern: RegExp = LICENCE_PATTERN): LicenceTier | null {
  const tiers = names.flatMap((name) => {
    const tier = Number(pattern.exec(name)?.[1]);
    return Number.isInteger(tier) ? [{ name, tier }] : [];
  });
  if (tiers.length === 0) return null;
  const tier = Math.max(...tiers.map((one) => one.tier));
  return {
    tier,
    names: tiers.filter((one) => one.tier === tier).map((one) => one.name),
    sufficient: tier >= NEEDED_TIER,
  };
}
