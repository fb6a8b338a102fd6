import { fail, ok, type Result } from '../base/result.ts';

/** `HPFFSEAL` */
const magic = Uint8Array.of(0x48, 0x50, 0x46, 0x46, 0x53, 0x45, 0x41, 0x4c);
const digestBytes = 32;
const sealBytes = magic.length + digestBytes;

/** Contents with their SHA-256 before them, so that a file that was cut off or damaged is known as such. */
export async function seal(contents: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const sealed = new Uint8Array(sealBytes + contents.length);
  sealed.set(magic);
  sealed.set(await digestOf(contents), magic.length);
  sealed.set(contents, sealBytes);
  return sealed;
}

/** The contents of a sealed file. Errors: it is none, or its contents are not what was sealed. */
export async function unseal(file: Uint8Array<ArrayBuffer>, name: string): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const wrong = (why: string) => fail(`${name} is damaged: ${why}.`, name);
  if (file.length < sealBytes) return wrong('it is cut off');
  if (!magic.every((byte, index) => file[index] === byte)) return wrong('it does not begin as it should');
  const contents = file.slice(sealBytes);
  const digest = await digestOf(contents);
  const same = digest.every((byte, index) => file[magic.length + index] === byte);
  return same ? ok(contents) : wrong('its checksum is another');
}

/** Zeros where the browser has no SHA-256: there the files do not outlast the page either. */
async function digestOf(contents: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) return new Uint8Array(digestBytes);
  return new Uint8Array(await subtle.digest('SHA-256', contents));
}
