import { parseJson } from '../base/json.ts';
import { parseSettings, type Settings, startingSettings } from '../runs/settings.ts';

const key = 'hpff-settings';

/** The settings kept in this browser; what cannot be read is as at the start. */
export function loadSettings(): Settings {
  try {
    const data = parseJson(globalThis.localStorage.getItem(key) ?? '', { length: 10_000 });
    return (data.ok ? parseSettings(data.value) : undefined) ?? startingSettings;
  } catch {
    // Private windows may refuse.
    return startingSettings;
  }
}

/** Keeps settings in this browser, where it lets the page. */
export function saveSettings(settings: Settings): void {
  try {
    globalThis.localStorage.setItem(key, JSON.stringify(settings));
  } catch {
    // Private windows may refuse; the settings then last until the page is closed.
  }
}
