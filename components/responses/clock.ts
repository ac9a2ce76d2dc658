/** `00:12:40`, or `2 d 03:00:00`: what is left, as a clock shows it. Milliseconds; nothing is left below zero. */
export function formatClockTo(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const clock = [Math.floor((seconds % 86_400) / 3_600), Math.floor((seconds % 3_600) / 60), seconds % 60]
    .map(two)
    .join(':');
  return days === 0 ? clock : `${days} d ${clock}`;
}
