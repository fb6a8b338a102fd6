/** Bytes of a file's beginning that tell `isPytorchFile` what it is. */
export const signatureBytes = 14;

/** A zip archive, which torch.save writes since PyTorch 1.6. */
const zipped = [0x50, 0x4b, 0x03, 0x04];
/** Before: a pickle of protocol 2 that begins with the number 0x1950a86a20f9469cfc6c. */
const pickled = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/**
 * Whether a file is one of torch.save, a Python pickle: by its name, or, as `pytorch_model.bin`, by how it begins. No official file of a
 * data set begins so.
 *
 * @param start its first bytes, `signatureBytes` of them or all it has
 */
export function isPytorchFile(name: string, start: Uint8Array): boolean {
  if (/\.(pt|pth|ckpt)$/i.test(name)) return true;
  const begins = (signature: readonly number[]) => signature.every((byte, index) => start[index] === byte);
  return begins(pickled) || (begins(zipped) && !/\.zip$/i.test(name));
}
