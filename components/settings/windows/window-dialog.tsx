'use client';

import { useState } from 'react';
import { useCommand } from '@/components/api/use-command';
import { useNotice } from '@/components/ui/overlay/notices';
import { ReasonDialog } from '@/components/ui/overlay/reason-dialog';
import type { WindowDto } from '@/lib/directory/contract/windows';
import { WINDOWS_PATH, windowPath } from '../settings-paths';
import { NameFields } from './name-fields';
import { ScopeFields } from './scope-fields';
import { TimesFields } from './times-fields';
import { bodyOf, emptyForm, formOf, formProblems, timesOfForm, type WindowForm } from './window-form';
import { WindowPreview } from './window-preview';

type WindowDialogProps = {
  readonly orgId: string;
  /** The window to change; absent: a new one. */
  readonly window?: WindowDto;
  readonly onClose: () => void;
};

/** Types in a window or freeze, or gives one another definition from now on; shows when it would be open before it is saved. */
export function WindowDialog({ orgId, window, onClose }: WindowDialogProps) {
  const say = useNotice();
  const [form, setForm] = useState<WindowForm>(() =>
    window === undefined
      ? emptyForm(Intl.DateTimeFormat().resolvedOptions().timeZone, new Date())
      : formOf(window, new Date()),
  );
  const [tried, setTried] = useState(false);
  const save = useCommand<Record<string, unknown>, WindowDto>(
    (body) =>
      window === undefined
        ? { method: 'POST', path: WINDOWS_PATH, body: { org: orgId, ...body } }
        : { method: 'PUT', path: windowPath(window.id), body },
    {
      onDone: (saved) => {
        say(`Saved ${saved.name}; it holds for changes made from now on`);
        onClose();
      },
    },
  );
  const problems = formProblems(form);
  const isComplete = Object.keys(problems).filter((name) => name !== 'name').length === 0;
  const fields = {
    form,
    problems: tried ? problems : {},
    onChange: (more: Partial<WindowForm>) => setForm({ ...form, ...more }),
  };
  const act = (reason: string) => {
    setTried(true);
    if (Object.keys(problems).length === 0) save.mutate({ ...bodyOf(form), reason });
  };
  return (
    <ReasonDialog
      title={window === undefined ? 'Add a change window or freeze' : `Change ${window.name}`}
      description="It holds for changes made from now on. What was judged before stays as it was judged."
      act="Save"
      fewest={3}
      busy={save.isPending}
      error={save.error}
      onAct={act}
      onClose={onClose}
    >
      <NameFields {...fields} />
      <TimesFields {...fields} />
      <WindowPreview asked={isComplete ? { zone: form.zone, times: timesOfForm(form) } : null} />
      <ScopeFields {...fields} orgId={orgId} />
    </ReasonDialog>
  );
}
