/** The guided lessons. */
export const lessonNames = ['from-bp-to-hpff'] as const;
export type LessonName = (typeof lessonNames)[number];
