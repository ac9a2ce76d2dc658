import { Badge } from '@/components/ui/badge';
import type { UserDto } from '@/lib/auth/contract';

const WORDS = { invited: 'Invited', active: 'Active', disabled: 'Disabled' } as const;

export function PersonState({ state }: { readonly state: UserDto['state'] }) {
  return <Badge tone={state === 'disabled' ? 'warn' : 'plain'}>{WORDS[state]}</Badge>;
}
