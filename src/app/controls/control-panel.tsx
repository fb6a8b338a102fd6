import { PatchNotes, WeightNotes } from '../notes/method-notes.tsx';
import { Panel } from '../parts/panel.tsx';
import { effects } from './effect.ts';
import { sections } from './field-kinds.ts';
import { PresetPicker } from './preset-picker.tsx';
import { ReportedNote } from './reported-note.tsx';
import { Section } from './section.tsx';
import { UndoButtons } from './undo-buttons.tsx';
import { Words } from './words.tsx';
import './controls.css';

// On a small screen the groups begin folded, or the charts would be far away. They do not move by themselves when a window is made smaller.
const beginsWide = matchMedia('(min-width: 700px)').matches;

/** All fields of the experiment, in groups. */
export function ControlPanel() {
  return (
    <Panel label="Controls" className="controls" tools={<UndoButtons />}>
      <PresetPicker />
      <ReportedNote />
      <Words />
      {sections.map(({ title, names }, index) => (
        <Section key={title} title={title} names={names} open={beginsWide || index === 0}>
          {title === 'Method' && <WeightNotes />}
          {title === 'Auxiliary networks' && <PatchNotes />}
        </Section>
      ))}
      <ul className="effect-legend" aria-label="What a change does">
        {Object.values(effects).map(({ words, icon: Icon }) => (
          <li key={words} className="badge">
            <Icon aria-hidden /> {words}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
