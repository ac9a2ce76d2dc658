import { type ReactNode, useId } from 'react';

type ControlProps = {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
  readonly required?: boolean;
};

type FieldProps = {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong, in words; shown under the control and read out with it. */
  readonly error?: string | null | undefined;
  readonly required?: boolean;
  readonly children: (control: ControlProps) => ReactNode;
};

/** A labelled control with its hint and its error tied to it for screen readers. */
export function Field({ label, hint, error, required = false, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [hint !== undefined ? hintId : null, error ? errorId : null].filter(Boolean).join(' ');
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {required ? null : <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {children({
        id,
        ...(described === '' ? {} : { 'aria-describedby': described }),
        ...(error ? { 'aria-invalid': true as const } : {}),
        ...(required ? { required: true } : {}),
      })}
      {hint === undefined ? null : (
        <p id={hintId} className="text-xs text-muted">
          {hint}
        </p>
      )}
      {error ? (
        <p id={errorId} role="alert" className="text-sm text-unlinked">
          {error}
        </p>
      ) : null}
    </div>
  );
}
