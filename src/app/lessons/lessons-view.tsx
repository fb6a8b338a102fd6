import { InTurn } from '../parts/in-turn.tsx';
import { LessonPanel } from './lesson-panel.tsx';
import { LessonResults } from './lesson-results.tsx';
import { TeacherPanel } from './teacher-panel.tsx';
import './lessons.css';

/** The guided lesson, what its steps came to, and links for a class. */
export default function LessonsView() {
  return (
    <div className="lessons">
      <InTurn>
        <LessonPanel />
        <LessonResults />
        <TeacherPanel />
      </InTurn>
    </div>
  );
}
