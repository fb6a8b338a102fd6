import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { crc32c } from '../../base/crc32.ts';

/** A number to draw: at a step, under a tag, taken at a time in seconds since 1970. */
export interface ScalarEvent {
  readonly time: number;
  readonly step: number;
  readonly scalars: readonly (readonly [tag: string, value: number])[];
}

/**
 * A TensorBoard event file: TFRecords (length, masked CRC-32C of it, data, masked CRC-32C of them) of Event messages, the first naming
 * the format. Field numbers are those of TensorFlow's event.proto and summary.proto.
 */
export function writeEventFile(events: readonly ScalarEvent[], created: number): Uint8Array<ArrayBuffer> {
  const version = new BinaryWriter().tag(1, WireType.Bit64).double(created);
  version.tag(3, WireType.LengthDelimited).string('brain.Event:2');
  const records = [record(version.finish()), ...events.map((event) => record(message(event)))];
  const file = new Uint8Array(records.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const bytes of records) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

/** Event: wall_time = 1, step = 2, summary = 5; its values = 1, each with tag = 1, simple_value = 2. */
function message({ time, step, scalars }: ScalarEvent): Uint8Array {
  const writer = new BinaryWriter().tag(1, WireType.Bit64).double(time).tag(2, WireType.Varint).int64(step);
  writer.tag(5, WireType.LengthDelimited).fork();
  for (const [tag, value] of scalars) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(tag).tag(2, WireType.Bit32).float(value);
    writer.join();
  }
  return writer.join().finish();
}

function record(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length, true);
  view.setUint32(8, masked(crc32c(bytes.subarray(0, 8))), true);
  bytes.set(data, 12);
  view.setUint32(12 + data.length, masked(crc32c(data)), true);
  return bytes;
}

/** TFRecord's mask, so that a checksum over data that holds checksums is no trap. */
const masked = (check: number): number => (((check >>> 15) | (check << 17)) + 0xa282ead8) >>> 0;
