/** A name for a new run that no other has: when it was begun and 48 random bits, in letters and digits. */
export function newRunId(): string {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, '0'));
  return `${Date.now().toString(36)}-${random.join('')}`;
}
