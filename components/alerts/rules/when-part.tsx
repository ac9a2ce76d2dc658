import { Section } from '@/components/change-detail/section';
import { ROLE_OPTIONS } from '@/components/settings/people/roles';
import { RISK_WORDS } from '@/components/tally/words';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PickList } from '@/components/ui/pick-list';
import { Select } from '@/components/ui/select';
import { type AlertRule, WEEKDAYS } from '@/lib/alerts/contract/rules';
import { RISKS } from '@/lib/kernel/words';
import { WEEKDAY_WORDS } from '../words';
import { NEW_DIGEST, NEW_ESCALATION, NEW_QUIET_HOURS } from './draft';
import type { PartProps } from './what-part';
import { ZoneField } from './zone-field';

type WhenPartProps = PartProps & {
  /** What the server said is wrong, by the path of the field. */
  readonly errors: Readonly<Record<string, string>>;
};

/** When it is sent: quiet hours, escalation where nobody takes it, or together as a digest. */
export function WhenPart({ form, change, choices, errors }: WhenPartProps) {
  return (
    <Section title="When">
      <div className="flex flex-col gap-4">
        <div>
          <Checkbox
            label="Quiet hours: hold back what is less grave"
            checked={form.quietHours !== null}
            onChange={(event) => change({ quietHours: event.target.checked ? NEW_QUIET_HOURS : null })}
          />
          {form.quietHours === null ? null : (
            <QuietHours
              value={form.quietHours}
              onChange={(quietHours) => change({ quietHours })}
              errors={errors}
            />
          )}
        </div>
        <div>
          <Checkbox
            label="Escalation: tell others where nobody takes it"
            checked={form.escalation !== null}
            onChange={(event) => change({ escalation: event.target.checked ? NEW_ESCALATION : null })}
          />
          {form.escalation === null ? null : (
            <Escalation
              value={form.escalation}
              onChange={(escalation) => change({ escalation })}
              choices={choices}
              error={errors['escalation.afterMinutes']}
            />
          )}
        </div>
        <div>
          <Checkbox
            label="Digest: collect and send together"
            checked={form.digest !== null}
            onChange={(event) => change({ digest: event.target.checked ? NEW_DIGEST : null })}
          />
          {form.digest === null ? null : (
            <Digest value={form.digest} onChange={(digest) => change({ digest })} errors={errors} />
          )}
        </div>
      </div>
    </Section>
  );
}

const INSET = 'mt-2 ml-5 grid gap-3 border-l pl-4 sm:grid-cols-2';

type QuietHoursValue = NonNullable<AlertRule['quietHours']>;
type Errors = Readonly<Record<string, string>>;

function QuietHours({
  value,
  onChange,
  errors,
}: {
  readonly value: QuietHoursValue;
  readonly onChange: (value: QuietHoursValue) => void;
  readonly errors: Errors;
}) {
  return (
    <div className={INSET}>
      <Field label="From" required error={errors['quietHours.from']}>
        {(control) => (
          <Input
            {...control}
            type="time"
            value={value.from}
            onChange={(event) => onChange({ ...value, from: event.target.value })}
          />
        )}
      </Field>
      <Field label="To" required error={errors['quietHours.to']}>
        {(control) => (
          <Input
            {...control}
            type="time"
            value={value.to}
            onChange={(event) => onChange({ ...value, to: event.target.value })}
          />
        )}
      </Field>
      <ZoneField
        value={value.zone}
        onChange={(zone) => onChange({ ...value, zone })}
        error={errors['quietHours.zone']}
      />
      <Field label="Sent all the same from" required>
        {(control) => (
          <Select
            {...control}
            value={value.exceptFrom}
            onChange={(exceptFrom) => onChange({ ...value, exceptFrom })}
            options={RISKS.map((risk) => ({ value: risk, label: `${RISK_WORDS[risk]} risk` }))}
          />
        )}
      </Field>
      <div className="sm:col-span-2">
        <PickList
          legend="On the days that it begins"
          inline
          options={WEEKDAYS.map((day) => ({ value: day, label: WEEKDAY_WORDS[day] }))}
          chosen={value.days}
          onChange={(days) => onChange({ ...value, days: [...days] })}
        />
      </div>
    </div>
  );
}

type EscalationValue = NonNullable<AlertRule['escalation']>;

function Escalation({
  value,
  onChange,
  choices,
  error,
}: {
  readonly value: EscalationValue;
  readonly onChange: (value: EscalationValue) => void;
  readonly choices: PartProps['choices'];
  readonly error: string | undefined;
}) {
  return (
    <div className={INSET}>
      <Field label="After how many minutes" required error={error}>
        {(control) => (
          <Input
            {...control}
            type="number"
            min={1}
            max={10_080}
            value={value.afterMinutes}
            onChange={(event) => onChange({ ...value, afterMinutes: event.target.valueAsNumber || 1 })}
          />
        )}
      </Field>
      <div className="sm:col-span-2">
        <PickList
          legend="Also everybody with the role"
          inline
          options={ROLE_OPTIONS}
          chosen={value.roles}
          onChange={(roles) => onChange({ ...value, roles: [...roles] })}
        />
      </div>
      <div className="sm:col-span-2">
        <PickList
          legend="And by these channels"
          options={choices.channels}
          chosen={value.channels}
          onChange={(channels) => onChange({ ...value, channels: [...channels] })}
        />
      </div>
    </div>
  );
}

type DigestValue = NonNullable<AlertRule['digest']>;

function Digest({
  value,
  onChange,
  errors,
}: {
  readonly value: DigestValue;
  readonly onChange: (value: DigestValue) => void;
  readonly errors: Errors;
}) {
  return (
    <div className={INSET}>
      <Field label="How often" required>
        {(control) => (
          <Select<DigestValue['every']>
            {...control}
            value={value.every}
            onChange={(every) => onChange({ ...value, every })}
            options={[
              { value: 'hour', label: 'Once an hour' },
              { value: 'day', label: 'Once a day' },
            ]}
          />
        )}
      </Field>
      {value.every === 'day' ? (
        <>
          <Field label="At" required error={errors['digest.at']}>
            {(control) => (
              <Input
                {...control}
                type="time"
                value={value.at}
                onChange={(event) => onChange({ ...value, at: event.target.value })}
              />
            )}
          </Field>
          <ZoneField
            value={value.zone}
            onChange={(zone) => onChange({ ...value, zone })}
            error={errors['digest.zone']}
          />
        </>
      ) : null}
    </div>
  );
}
