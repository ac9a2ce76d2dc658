import { Section } from '@/components/change-detail/section';
import { ROLE_OPTIONS } from '@/components/settings/people/roles';
import { Field } from '@/components/ui/field';
import { PickList } from '@/components/ui/pick-list';
import { Select } from '@/components/ui/select';
import type { AlertRule } from '@/lib/alerts/contract/rules';
import type { PartProps } from './what-part';

const GROUPINGS = [
  { value: 'subject', label: 'One alert for what is about the same thing' },
  { value: 'actor', label: 'One alert for what the same person or client did' },
  { value: 'rule', label: 'One alert for what the same rule finds' },
  { value: 'none', label: 'One alert for each finding' },
] as const satisfies readonly { value: AlertRule['grouping']; label: string }[];

/** Whom a rule tells, by which way, and what makes one alert of several findings. */
export function WhoPart({ form, change, choices }: PartProps) {
  const who = (part: Partial<AlertRule['who']>) => change({ who: { ...form.who, ...part } });
  return (
    <Section title="Who is told, and how">
      <div className="flex flex-col gap-4">
        <PickList
          legend="Everybody with the role"
          inline
          options={ROLE_OPTIONS}
          chosen={form.who.roles}
          onChange={(roles) => who({ roles: [...roles] })}
        />
        <PickList
          legend="And these people"
          options={choices.users}
          chosen={form.who.users}
          onChange={(users) => who({ users: [...users] })}
        />
        <PickList
          legend="Channels besides their inbox"
          options={choices.channels}
          chosen={form.channels.filter((id) => id !== 'inbox')}
          onChange={(channels) => change({ channels: [...channels] })}
        />
        <Field label="Grouping" required hint="What belongs to one session is always one alert">
          {(control) => (
            <Select
              {...control}
              value={form.grouping}
              onChange={(grouping) => change({ grouping })}
              options={GROUPINGS}
            />
          )}
        </Field>
      </div>
    </Section>
  );
}
