import Link from 'next/link';
import { classes } from '@/components/ui/classes';
import { formatCount } from './format';

type CountProps = { readonly value: number; readonly href?: string; readonly className?: string };

/** An exact number; with `href` it is a door to the rows it counts. */
export function Count({ value, href, className }: CountProps) {
  const text = formatCount(value);
  if (href === undefined) return <span className={className}>{text}</span>;
  return (
    <Link href={href} className={classes('door', className)}>
      {text}
    </Link>
  );
}
