import { Checkbox } from './checkbox';
import { classes } from './classes';

type PickListProps<Value extends string> = {
  readonly legend: string;
  /** What choosing none means. */
  readonly none?: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
  /** Short words beside one another instead of one a line. */
  readonly inline?: boolean;
};

/** Any number of a known list. What is chosen and not in the list any more stays in sight, so that it can be taken out. */
export function PickList<Value extends string>({
  legend,
  none,
  options,
  chosen,
  onChange,
  inline = false,
}: PickListProps<Value>) {
  const missing = chosen.filter((value) => !options.some((one) => one.value === value));
  const all = [...options, ...missing.map((value) => ({ value, label: value }))];
  const toggle = (value: Value) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <fieldset className="min-w-0">
      <legend className="text-sm font-medium">
        {legend}
        {none === undefined ? null : <span className="font-normal text-muted"> ({none})</span>}
      </legend>
      <div
        className={classes(
          'mt-1',
          inline ? 'flex flex-wrap gap-x-5' : 'max-h-44 overflow-y-auto rounded-md border px-2.5 py-1.5',
        )}
      >
        {all.length === 0 ? <p className="text-sm text-muted">There is none to choose.</p> : null}
        {all.map((one) => (
          <Checkbox
            key={one.value}
            checked={chosen.includes(one.value)}
            onChange={() => toggle(one.value)}
            label={one.label}
          />
        ))}
      </div>
    </fieldset>
  );
}
