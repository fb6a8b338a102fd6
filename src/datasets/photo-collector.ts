import { fail, ok, type Result } from '../base/result.ts';
import { type Entry, readWhole } from './entries.ts';
import type { DecodedImage, ImageDecoder } from './image-decoder.ts';
import { mostPixels, readImageHeader } from './image-header.ts';
import { withoutMetadata } from './image-metadata.ts';
import type { ImageWriter } from './image-writer.ts';
import type { Photos } from './photo-layout.ts';
import { fitSquare } from './resize.ts';

/** Photos in files of more than this, and texts of more than that, are refused. */
const mostPhotoBytes = 64 * 1024 * 1024;
const mostTextBytes = 64 * 1024 * 1024;
/** Images decoded at once: a browser decodes beside this thread. */
const mostAtOnce = 8;

interface Pending {
  readonly shown: string;
  readonly pixels: number;
  readonly decoded: Promise<Result<DecodedImage>>;
}

/** Takes photos and lists one by one, decodes the photos a few at a time and writes them in their order. */
export class PhotoCollector {
  private readonly paths: string[] = [];
  private readonly known = new Set<string>();
  private readonly texts = new Map<string, string>();
  private pending: Pending[] = [];
  private pixels = 0;

  constructor(
    private readonly decoder: ImageDecoder,
    private readonly writer: ImageWriter,
  ) {}

  /** Adds a photo. Fails where this one, or one added before, cannot be read. */
  async addPhoto(entry: Entry): Promise<Result<void>> {
    const { shown } = entry;
    const path = entry.path.replaceAll('\\', '/');
    if (this.known.has(path)) return fail(`${shown} is there twice. Leave one of them out.`, shown);
    const bytes = await readWhole(entry, mostPhotoBytes);
    if (!bytes.ok) return bytes;
    const header = readImageHeader(bytes.value);
    if (!header.ok) return refuse(shown, header.error.message);
    const { width, height, type } = header.value;
    while (
      this.pending.length >= mostAtOnce ||
      (this.pending.length > 0 && this.pixels + width * height > mostPixels)
    ) {
      const written = await this.writeFirst();
      if (!written.ok) return written;
    }
    this.known.add(path);
    this.paths.push(path);
    this.pixels += width * height;
    const decoded = this.decoder.decode(withoutMetadata(bytes.value, type), type);
    this.pending.push({ shown, pixels: width * height, decoded });
    return ok(undefined);
  }

  /** Adds a list of classes or labels. */
  async addText(entry: Entry): Promise<Result<void>> {
    const bytes = await readWhole(entry, mostTextBytes);
    if (bytes.ok) this.texts.set(entry.path.replaceAll('\\', '/'), new TextDecoder().decode(bytes.value));
    return bytes.ok ? ok(undefined) : bytes;
  }

  /** Writes what is still being decoded, and tells of all that was added. */
  async finish(): Promise<Result<Photos>> {
    while (this.pending.length > 0) {
      const written = await this.writeFirst();
      if (!written.ok) return written;
    }
    return ok({ paths: this.paths, texts: this.texts });
  }

  private async writeFirst(): Promise<Result<void>> {
    const { shown, pixels, decoded } = this.pending.shift() as Pending;
    const image = await decoded;
    this.pixels -= pixels;
    if (!image.ok) return refuse(shown, image.error.message);
    const { width, height, rgba } = image.value;
    return this.writer.write(fitSquare({ width, height, channels: 4, pixels: rgba }, this.writer.readSize));
  }
}

const refuse = (shown: string, reason: string) =>
  fail(`${shown} cannot be read: ${reason}. Take it out, or put a sound copy in its place.`, shown);
