import type { StepCourse } from '../../methods/step-course.ts';
import { formatBytes, formatWhole } from '../look/format.ts';
import { highestOf, nodeInWords } from './course.ts';

/** Rows of the table: the step in equal parts. */
const parts = 24;

/** The sawtooth as a table: the most that each part of the step holds, with the operation that holds it. */
export function CourseTable({
  title,
  own,
  bp,
}: {
  readonly title: string;
  readonly own: StepCourse;
  readonly bp: StepCourse;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label={`${title}, table`} tabIndex={0}>
      <table className="data-table">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">operation</th>
            <th scope="col">this method</th>
            <th scope="col" className="text">
              doing
            </th>
            <th scope="col">back-propagation</th>
          </tr>
        </thead>
        <tbody>
          {partsOf(own).map(({ node, bytes }) => (
            <tr key={node}>
              <th scope="row">{formatWhole(node)}</th>
              <td>{formatBytes(bytes)}</td>
              <td className="text">{nodeInWords(own, node)}</td>
              <td>{formatBytes(bp.bytes[node])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The highest node of each part. */
function partsOf(course: StepCourse) {
  const size = Math.max(1, Math.ceil(course.bytes.length / parts));
  return Array.from({ length: Math.ceil(course.bytes.length / size) }, (_, part) => {
    const first = part * size;
    const { node, bytes } = highestOf({ ...course, bytes: course.bytes.subarray(first, first + size) });
    return { node: first + node, bytes };
  });
}
