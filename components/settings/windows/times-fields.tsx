'use client';

import { useId } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PickList } from '@/components/ui/pick-list';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import type { FieldsProps } from './name-fields';
import {
  NTHS,
  type Nth,
  REPEATS,
  type Repeats,
  WEEKDAYS,
  type Weekday,
  type WindowForm,
} from './window-form';

type TextName = {
  [Name in keyof WindowForm]: WindowForm[Name] extends string ? Name : never;
}[keyof WindowForm];

/** When it is open: how often, and from when to when by the clock of its zone. */
export function TimesFields(props: FieldsProps) {
  const { form, problems, onChange } = props;
  const zones = useId();
  return (
    <>
      <div className="grid gap-4 md:grid-cols-2">
        <Field label="How often" required>
          {(control) => (
            <Select<Repeats>
              {...control}
              value={form.repeats}
              onChange={(repeats) => onChange({ repeats })}
              options={[...REPEATS]}
            />
          )}
        </Field>
        <Field label="Time zone" required error={problems.zone} hint="All times below are of its clock">
          {(control) => (
            <>
              <Input
                {...control}
                list={zones}
                value={form.zone}
                onChange={(event) => onChange({ zone: event.target.value.trim() })}
              />
              <datalist id={zones}>
                {Intl.supportedValuesOf('timeZone').map((zone) => (
                  <option key={zone} value={zone} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      </div>
      {form.repeats === 'once' ? <Once {...props} /> : <Recurring {...props} />}
    </>
  );
}

function Once(props: FieldsProps) {
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <Text {...props} name="from" label="From" type="datetime-local" />
      <Text {...props} name="to" label="To" type="datetime-local" hint="The end no longer belongs to it" />
    </div>
  );
}

function Recurring(props: FieldsProps) {
  const { form, problems, onChange } = props;
  const expert = form.repeats === 'expert';
  return (
    <>
      {form.repeats === 'weekly' ? (
        <div>
          <PickList<Weekday>
            legend="Days"
            inline
            options={[...WEEKDAYS]}
            chosen={form.days}
            onChange={(days) => onChange({ days })}
          />
          {problems.days === undefined ? null : (
            <p role="alert" className="text-sm text-unlinked">
              {problems.days}
            </p>
          )}
        </div>
      ) : null}
      {form.repeats === 'monthly' ? (
        <div className="grid gap-4 md:grid-cols-2">
          <Field label="Which one" required>
            {(control) => (
              <Select<Nth>
                {...control}
                value={form.nth}
                onChange={(nth) => onChange({ nth })}
                options={[...NTHS]}
              />
            )}
          </Field>
          <Field label="Weekday" required>
            {(control) => (
              <Select<Weekday>
                {...control}
                value={form.nthDay}
                onChange={(nthDay) => onChange({ nthDay })}
                options={[...WEEKDAYS]}
              />
            )}
          </Field>
        </div>
      ) : null}
      {expert ? (
        <Text
          {...props}
          name="rule"
          label="Rule"
          hint="As in RFC 5545, such as FREQ=MONTHLY;BYDAY=2TU;COUNT=12. Not finer than hourly."
        />
      ) : null}
      <div className="grid gap-4 md:grid-cols-2">
        <Text {...props} name="start" label="Start" type="time" />
        {expert ? (
          <Text {...props} name="minutes" label="Length in minutes" />
        ) : (
          <Text
            {...props}
            name="end"
            label="End"
            type="time"
            hint="At or before the start: on the next day"
          />
        )}
        <Text {...props} name="firstDay" label="First day" type="date" />
        {expert ? null : <Text {...props} name="until" label="Last day" type="date" optional />}
      </div>
      <Field label="Except" hint="Local starts that do not take place, one a line, such as 2026-12-24T22:00">
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            value={form.except}
            onChange={(event) => onChange({ except: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function Text({
  form,
  problems,
  onChange,
  name,
  label,
  hint,
  type = 'text',
  optional = false,
}: FieldsProps & {
  readonly name: TextName;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'date' | 'time' | 'datetime-local';
  readonly optional?: boolean;
}) {
  return (
    <Field
      label={label}
      required={!optional}
      error={problems[name]}
      {...(hint === undefined ? {} : { hint })}
    >
      {(control) => (
        <Input
          {...control}
          type={type}
          value={form[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
}
