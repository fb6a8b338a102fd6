import { createContext, useContext, useEffect, useState } from 'react';
import type { Theme } from './module-colour.ts';

const stored = 'hpff-playground.theme';
const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)');

export interface ThemeState {
  readonly theme: Theme;
  toggle(): void;
}

export const ThemeContext = createContext<ThemeState>({ theme: 'light', toggle: () => {} });

/** The theme in force, light or dark. */
export const useTheme = (): Theme => useContext(ThemeContext).theme;

/** Follows the system until the user chooses; choosing the system's theme follows it again. */
export function useThemeState(): ThemeState {
  const [system, setSystem] = useState<Theme>(() => (systemIsDark().matches ? 'dark' : 'light'));
  const [chosen, setChosen] = useState<Theme | undefined>(readChoice);
  useEffect(() => {
    const query = systemIsDark();
    const follow = () => setSystem(query.matches ? 'dark' : 'light');
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  useEffect(() => {
    if (chosen === undefined) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    writeChoice(chosen);
  }, [chosen]);
  const theme = chosen ?? system;
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  return { theme, toggle: () => setChosen(other === system ? undefined : other) };
}

function readChoice(): Theme | undefined {
  try {
    const value = localStorage.getItem(stored);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    // Storage can be forbidden; the theme then follows the system at every visit.
    return undefined;
  }
}

function writeChoice(chosen: Theme | undefined): void {
  try {
    if (chosen === undefined) localStorage.removeItem(stored);
    else localStorage.setItem(stored, chosen);
  } catch {
    // As above.
  }
}
