/** The keys, in one list: what the page listens to is what `?` shows. */
export type Shortcut = { readonly keys: readonly string[]; readonly does: string; readonly where: string };

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['Ctrl', 'K'], does: 'Search and commands (Cmd-K on a Mac)', where: 'Everywhere' },
  { keys: ['?'], does: 'This list', where: 'Everywhere' },
  { keys: ['l'], does: 'Copy a permalink; a relative period is frozen to its instants', where: 'Everywhere' },
  { keys: ['g', 'o'], does: 'Go to Overview', where: 'Go' },
  { keys: ['g', 't'], does: 'Go to Timeline', where: 'Go' },
  { keys: ['g', 'c'], does: 'Go to Changes', where: 'Go' },
  { keys: ['g', 'n'], does: 'Go to Sessions', where: 'Go' },
  { keys: ['g', 'a'], does: 'Go to Alerts', where: 'Go' },
  { keys: ['g', 'm'], does: 'Go to Division moves', where: 'Go' },
  { keys: ['g', 'r'], does: 'Go to Responses', where: 'Go' },
  { keys: ['g', 'v'], does: 'Go to Coverage', where: 'Go' },
  { keys: ['g', 'd'], does: 'Go to Directory', where: 'Go' },
  { keys: ['g', 'j'], does: 'Go to Journal', where: 'Go' },
  { keys: ['g', 's'], does: 'Go to Settings', where: 'Go' },
  { keys: ['j'], does: 'Next row', where: 'Lists' },
  { keys: ['k'], does: 'Row before', where: 'Lists' },
  { keys: ['Enter'], does: 'Open the row', where: 'Lists' },
  { keys: ['Esc'], does: 'Close what is open', where: 'Lists' },
  { keys: ['m'], does: 'Mark the message read or unread', where: 'Inbox' },
  { keys: ['/'], does: 'Search in this list', where: 'Lists' },
  { keys: ['t'], does: 'Show charts as tables; on the timeline, go to its table and back', where: 'Charts' },
  { keys: ['←', '→'], does: 'Next mark of the timeline, and back; ↑ ↓ change the lane', where: 'Timeline' },
  { keys: ['Shift', '→'], does: 'Select time for the table, from the mark on', where: 'Timeline' },
  { keys: ['+', '-'], does: 'Zoom in and out around the mark', where: 'Timeline' },
];

type KeyLike = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'> & { readonly target: unknown };

/** The key pressed as the list spells it, or null when it is meant for a field, a menu or the browser. */
export function keyOf(event: KeyLike): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  return isTyping(event.target) ? null : event.key;
}

/** How long `g` waits for its second key. */
export const CHORD_MS = 1_200;

function isTyping(target: unknown): boolean {
  if (typeof target !== 'object' || target === null || !('tagName' in target)) return false;
  const tag = String(target.tagName);
  if (tag === 'INPUT') {
    const type = 'type' in target ? String(target.type) : 'text';
    return type !== 'checkbox' && type !== 'radio' && type !== 'button';
  }
  return (
    tag === 'TEXTAREA' ||
    tag === 'SELECT' ||
    ('isContentEditable' in target && target.isContentEditable === true)
  );
}
