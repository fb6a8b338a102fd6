/** What a page says to a waiting service worker that is to come into force; it answers whether it did. */
export const takeOver = 'take-over';
