const STEPS_SECONDS = [60, 300, 900, 3_600, 21_600, 86_400, 604_800, 2_592_000] as const;
/** More bars than these nobody can tell apart in a little chart. */
const MAX_STEPS = 120;

/** The length of a step of the little chart: a minute, or longer where a session lasts. */
export function paceStepSeconds(session: { readonly firstAt: Date; readonly lastAt: Date }): number {
  const seconds = (session.lastAt.getTime() - session.firstAt.getTime()) / 1_000;
  return STEPS_SECONDS.find((step) => seconds / step < MAX_STEPS) ?? 2_592_000;
}
