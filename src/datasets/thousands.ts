/** A count as people read it: 30,730,000. */
export const thousands = (count: number): string => count.toLocaleString('en-US');

/** "1 image", "12 images". */
export const imagesInWords = (count: number): string => `${thousands(count)} ${count === 1 ? 'image' : 'images'}`;
