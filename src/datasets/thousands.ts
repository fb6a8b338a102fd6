/** A count as people read it: 30,730,000. */
export const thousands = (count: number): string => count.toLocaleString('en-US');
