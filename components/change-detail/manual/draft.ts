import type { AttachedReference } from '@/lib/linking/contract/manual';

export const KIND_WORDS = {
  servicenow: 'ServiceNow change',
  jira: 'Jira issue',
  commit: 'Commit',
  manual: 'Paper or other',
} as const satisfies Record<AttachedReference['kind'], string>;
export const KINDS = ['servicenow', 'jira', 'commit', 'manual'] as const;
export type Kind = (typeof KINDS)[number];

/** What is typed into the form of an attachment. */
export type AttachDraft = {
  readonly kind: Kind;
  readonly reference: string;
  readonly title: string;
  readonly approver: string;
  /** As the field has it: `2026-11-12T11:02`, meant as UTC. */
  readonly approvedAt: string;
  readonly url: string;
};

export const EMPTY_DRAFT: AttachDraft = {
  kind: 'servicenow',
  reference: '',
  title: '',
  approver: '',
  approvedAt: '',
  url: '',
};

/** What a text looks like, so that nobody has to choose what can be seen; null where it cannot. */
export function kindOf(text: string): Exclude<Kind, 'manual'> | null {
  const bare = text.trim();
  if (/^CHG\d{7,20}$/i.test(bare)) return 'servicenow';
  if (/^[A-Za-z][A-Za-z0-9_]{1,19}-[1-9]\d{0,9}$/.test(bare)) return 'jira';
  if (/^[0-9a-f]{7,40}$/i.test(bare)) return 'commit';
  return null;
}

/** The attachment that the form means, or the sentence that says what is missing. */
export function attachedOf(draft: AttachDraft): AttachedReference | { readonly missing: string } {
  const reference = draft.reference.trim();
  if (reference === '') return { missing: 'Name the ticket, commit or paper.' };
  if (draft.kind !== 'manual')
    return kindOf(reference) === draft.kind
      ? { kind: draft.kind, reference }
      : { missing: `${reference} does not look like a ${KIND_WORDS[draft.kind]}.` };
  if (reference.length < 3) return { missing: 'Name it so that others can find it.' };
  if (draft.title.trim().length < 3) return { missing: 'Say what it is.' };
  if (draft.approver.trim().length < 2) return { missing: 'Say who approved it.' };
  const approvedAt = instantOf(draft.approvedAt);
  if (approvedAt === null) return { missing: 'Say when it was approved.' };
  const url = draft.url.trim();
  if (url !== '' && !/^https?:\/\/\S+$/.test(url)) return { missing: 'The address is no web address.' };
  return {
    kind: 'manual',
    reference,
    title: draft.title.trim(),
    approver: draft.approver.trim(),
    approvedAt,
    ...(url === '' ? {} : { url }),
  };
}

function instantOf(field: string): string | null {
  const at = new Date(`${field}Z`);
  return field === '' || Number.isNaN(at.getTime()) ? null : at.toISOString().replace('.000Z', 'Z');
}
