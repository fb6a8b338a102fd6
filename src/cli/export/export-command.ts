import { renameSync, writeFileSync } from 'node:fs';
import { fail, ok, type Result } from '../../base/result.ts';
import { exportRun } from '../../formats/export-run.ts';
import { type ExportFormatName, exportFormatNames, exportFormats } from '../../runs/export-formats.ts';
import { commonOptions, describeOptions, parseArguments, type ValuesOf } from '../arguments.ts';
import type { Command, Output } from '../command.ts';
import { fileReason } from '../file-errors.ts';
import { openSavedRun } from './saved-run.ts';

const options = {
  format: { value: 'NAME', help: `what to make: ${exportFormatNames.join(', ')}` },
  out: { value: 'PATH', help: 'file to write' },
  'early-exits': { help: "onnx, tfjs: every module's classifiers and probe as outputs of their own" },
  'without-optimiser': { help: "safetensors: leave out the optimiser's state" },
  images: { help: 'pytorch: put the images of the run into the bundle' },
  data: { value: 'DIR', help: 'folder of the data set, where images are needed' },
  ...commonOptions,
} as const;

/** `export`: a run's folder or `.hpff.zip` in another format. */
export const exportCommand: Command = async (argv, output) => {
  const parsed = parseArguments(argv, options, true);
  if (parsed.ok && parsed.value.values.help) {
    output.line(help());
    return 0;
  }
  const done = parsed.ok ? await exportSaved(parsed.value.rest, parsed.value.values, output) : parsed;
  if (done.ok) return 0;
  output.note(done.error.message);
  return 1;
};

async function exportSaved(
  [path, ...more]: readonly string[],
  values: ValuesOf<typeof options>,
  output: Output,
): Promise<Result<void>> {
  const { out, data } = values;
  if (path === undefined || more.length > 0)
    return fail('Name one run: the folder that train --out wrote, or a .hpff.zip. See --help.');
  const format = exportFormatNames.find((name) => name === values.format);
  if (format === undefined) {
    const given = values.format === undefined ? '--format is missing' : `--format ${values.format} is not known`;
    return fail(`${given}. Choose ${exportFormatNames.join(', ')}.`, '--format');
  }
  if (out === undefined)
    return fail(`--out is missing. Name the file to write, such as ${exportFormats[format].file}.`);
  const source = await openSavedRun(path, data);
  if (!source.ok) return source;
  const file = await exportRun(format, source.value, {
    earlyExits: values['early-exits'],
    optimiser: !values['without-optimiser'],
    images: values.images,
  });
  if (!file.ok) return file;
  try {
    writeFileSync(`${out}.part`, file.value.bytes);
    renameSync(`${out}.part`, out);
  } catch (error) {
    return fail(`--out ${out} cannot be written: ${fileReason(error)}. Choose another place.`, '--out');
  }
  output.line(`${out}: ${exportFormats[format].title}, ${file.value.bytes.length} bytes`);
  return ok(undefined);
}

const help = (): string =>
  [
    'npm run -s export -- RUN --format NAME --out PATH [options]',
    'Exports a run: RUN is the folder that train --out wrote, or a .hpff.zip.',
    '',
    describeOptions(options),
    '',
    'Formats:',
    ...exportFormatNames.map((name: ExportFormatName) => `  ${name.padEnd(12)} ${exportFormats[name].help}`),
  ].join('\n');
