/** A cyclic redundancy check of 32 bits over bytes; `before` continues an earlier one. */
export type Crc32 = (bytes: Uint8Array, before?: number) => number;

/** The check of zip, gzip and PNG. */
export const crc32: Crc32 = reflected(0xedb88320);

/** Castagnoli's, the check of TFRecord files. */
export const crc32c: Crc32 = reflected(0x82f63b78);

/** The check with a polynomial in reflected order, its register starting and ending inverted. */
function reflected(polynomial: number): Crc32 {
  const table = new Int32Array(256).map((_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value;
  });
  return (bytes, before = 0) => {
    let register = ~before;
    for (let at = 0; at < bytes.length; at++)
      register = (register >>> 8) ^ (table[(register ^ (bytes[at] as number)) & 255] as number);
    return ~register >>> 0;
  };
}
