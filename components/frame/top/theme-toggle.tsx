'use client';

import { Moon, Sun, SunMoon } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useHydrated } from '@/components/hooks/use-hydrated';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/overlay/menu';

const THEMES = [
  { value: 'light', word: 'Light', icon: Sun },
  { value: 'dark', word: 'Dark', icon: Moon },
  { value: 'system', word: 'As the system', icon: SunMoon },
] as const;

export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  const hydrated = useHydrated();
  const current = THEMES.find((one) => hydrated && one.value === theme) ?? THEMES[2];
  return (
    <Menu
      align="end"
      trigger={
        <Button look="quiet" size="icon" aria-label={`Theme: ${current.word}`} className="max-md:hidden">
          <current.icon aria-hidden size={16} />
        </Button>
      }
      items={THEMES.map((one) => ({
        kind: 'item',
        key: one.value,
        label: one.word,
        checked: one.value === current.value,
        onSelect: () => setTheme(one.value),
      }))}
    />
  );
}
