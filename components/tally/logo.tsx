import { TallyGlyph } from './tally-glyph';

export function Logo() {
  return (
    <span className="inline-flex items-center gap-2">
      <TallyGlyph status="linked" size={1.25} decorative />
      <span className="font-serif text-lg leading-none">Tallystick</span>
    </span>
  );
}
