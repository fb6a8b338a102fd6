import { CircleHelp, Keyboard, Moon, Sun } from 'lucide-react';
import { useContext } from 'react';
import { ThemeContext } from '../look/theme.ts';
import { FileButtons } from './file-buttons.tsx';
import { LinkButton } from './link-button.tsx';
import './header.css';

/** Title, files, link, keys and theme. */
export function Header({ onShowKeys, onTour }: { onShowKeys(): void; onTour(): void }) {
  const { theme, toggle } = useContext(ThemeContext);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className="header">
      <h1>HPFF Playground</h1>
      <p className="soft header-words">Local learning in your browser. Images and weights stay on this device.</p>
      <div className="row header-tools">
        <FileButtons />
        <LinkButton />
        <button type="button" className="button button-quiet" aria-label="Tour" title="A short tour" onClick={onTour}>
          <CircleHelp aria-hidden />
        </button>
        <button
          type="button"
          className="button button-quiet"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={onShowKeys}
        >
          <Keyboard aria-hidden />
        </button>
        <button
          type="button"
          className="button button-quiet"
          aria-label={`Use the ${other} theme`}
          title={`Use the ${other} theme`}
          onClick={toggle}
        >
          {theme === 'dark' ? <Sun aria-hidden /> : <Moon aria-hidden />}
        </button>
      </div>
    </header>
  );
}
