import { Tabs } from 'radix-ui';
import { Tip } from '../parts/tip.tsx';
import { views } from './views.ts';
import './views.css';

/** The tabs of the screens; left out while there is only one. */
export function ViewTabs() {
  if (views.length < 2) return null;
  return (
    <Tabs.List className="view-tabs" aria-label="Screens">
      {views.map(({ name, title, help }) => (
        <Tip key={name} content={help}>
          <Tabs.Trigger className="view-tab" value={name}>
            {title}
          </Tabs.Trigger>
        </Tip>
      ))}
    </Tabs.List>
  );
}
