import { describe, expect, test } from 'vitest';
import { startingExperiment } from '../experiment/presets.ts';
import { configurationOf } from './configuration.ts';
import { preview } from './preview.ts';
import { coursePhases } from './step-course.ts';

const planned = preview(configurationOf(startingExperiment), startingExperiment);

describe('the course of a step', () => {
  test('has an entry for every node', () => {
    const { course, nodes } = planned;
    for (const column of [course.bytes, course.modules, course.phases, course.nameOf])
      expect(column).toHaveLength(nodes);
    expect(Math.max(...course.nameOf)).toBe(course.names.length - 1);
  });

  test('begins with the batch going forward and ends with an update; back-propagation pulls once it has gone all the way', () => {
    const { course, bpCourse } = planned;
    expect(course.names[course.nameOf[0] as number]).toMatch(/^augmentNormalise/);
    expect(coursePhases[course.phases.at(-1) as number]).toBe('update');
    const phases = [...bpCourse.phases].map((phase) => coursePhases[phase]);
    expect(phases.lastIndexOf('forward')).toBeLessThan(phases.indexOf('update'));
    expect(new Set(course.modules)).toEqual(new Set([-1, 0, 1, 2]));
  });

  test('peaks where the plan says back-propagation does', () => {
    expect(Math.max(...planned.bpCourse.bytes)).toBeLessThanOrEqual(planned.bpPeakBytes);
    expect(planned.bpModules.map(({ name }) => name)).toEqual(['module 0', 'shared']);
  });
});
