import { coursePhases, type StepCourse } from '../../methods/step-course.ts';

/** Every node of both steps as CSV: what it does and what is held. */
export function* courseCsv(own: StepCourse, bp: StepCourse): Generator<string> {
  yield 'step,operation,bytes,phase,module,node\n';
  for (const [name, course] of [
    ['this method', own],
    ['back-propagation', bp],
  ] as const) {
    let text = '';
    course.bytes.forEach((bytes, node) => {
      text += `${name},${node},${bytes},${coursePhases[course.phases[node] ?? 0]},${course.modules[node]},"${course.names[course.nameOf[node] ?? 0]}"\n`;
    });
    yield text;
  }
}

/** The same as JSON, column by column. */
export function courseJson(own: StepCourse, bp: StepCourse): string[] {
  const columns = ({ bytes, modules, phases, nameOf, names }: StepCourse) => ({
    bytes: [...bytes],
    module: [...modules],
    phase: Array.from(phases, (phase) => coursePhases[phase]),
    node: Array.from(nameOf, (name) => names[name]),
  });
  return [`${JSON.stringify({ 'this method': columns(own), 'back-propagation': columns(bp) })}\n`];
}
