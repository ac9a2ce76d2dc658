'use client';

import type { ComponentProps, MouseEvent } from 'react';
import { shallowGo } from './shallow-go';

type ShallowLinkProps = ComponentProps<'a'> & { readonly href: string };

/** A link to another view of this same page. A real address: it can be copied and opened in a new tab. */
export function ShallowLink({ href, onClick, ...rest }: ShallowLinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (elsewhere || event.defaultPrevented) return;
    event.preventDefault();
    shallowGo(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}
