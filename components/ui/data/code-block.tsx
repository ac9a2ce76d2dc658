import { classes } from '@/components/ui/classes';

type CodeBlockProps = {
  readonly label: string;
  readonly text: string;
  /** Longer texts scroll. */
  readonly mostLines?: number;
  readonly className?: string;
};

/** Text as it came, in Mono. A read-only field, so that it is reached, scrolled and selected by keyboard. */
export function CodeBlock({ label, text, mostLines = 20, className }: CodeBlockProps) {
  return (
    <textarea
      readOnly
      spellCheck={false}
      aria-label={label}
      value={text}
      rows={Math.min(text.split('\n').length + Math.floor(text.length / 400), mostLines)}
      className={classes(
        'block w-full resize-y rounded-md border bg-sunken p-2 font-mono text-xs',
        className,
      )}
    />
  );
}
