/** Parts of a set of photos, as folders and tables name them. */
export type Part = 'train' | 'validation' | 'test';

const words: readonly (readonly [RegExp, Part])[] = [
  [/^train(ing)?(_?set)?$/i, 'train'],
  [/^val(id(ation)?)?(_?set)?$/i, 'validation'],
  [/^test(ing)?(_?set)?$/i, 'test'],
];

/** The part a folder's name or a table's word means, if any. */
export const partOfWord = (word: string): Part | undefined => words.find(([pattern]) => pattern.test(word))?.[1];
