import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import manifest from '../package.json' with { type: 'json' };
import { commonOptions, describeOptions, parseArguments } from '../src/cli/arguments.ts';
import type { Command } from '../src/cli/command.ts';
import { softwareDriver } from '../src/runtime/gpu/node-webgpu.ts';
import { cases, chooseMeasurements } from './catalogue.ts';
import type { Order } from './hosts/order.ts';
import { emptyFinding, type Finding, type Host, type Measurement, rowOf, type Subject } from './measurement.ts';
import { describeRun, withRun } from './results.ts';

/** How the programs of the hosts are started: arguments of Node, without the order. */
export type HostPrograms = Readonly<Record<Host, readonly string[] | undefined>>;

/** Where the command runs: in the repository, or from a folder of its own. */
export interface Place {
  /** Makes what these hosts need. */
  prepare(hosts: ReadonlySet<Host>): Promise<HostPrograms>;
  /** A Vulkan driver description that stands in where the machine's own drivers find no adapter. */
  standInDriver(): Promise<string | undefined>;
}

const options = {
  json: { help: 'print an array of rows instead of tables' },
  results: {
    value: 'FILE',
    help: 'also writes the tables into a Markdown file, in place of those of the same command',
  },
  only: { value: 'NAME', multiple: true, help: 'a case, CASE/ENGINE or CASE/ENGINE/HOST; may be repeated' },
  data: { value: 'DIR', help: 'folder of CIFAR-10, for the cases with shuffled labels' },
  under: {
    value: 'PROGRAM',
    help: 'starts every measurement through this program, for example one that waits until the machine is idle',
  },
  ...commonOptions,
} as const;

/** Half an hour: the slowest engine takes two minutes a step. */
const patience = 30 * 60_000;

/** `bench`: measures this project's executor and its peers, each measurement in a process of its own, and settles the bars. */
export const benchCommand =
  ({ prepare, standInDriver }: Place): Command =>
  async (argv, output) => {
    const parsed = parseArguments(argv, options);
    if (!parsed.ok) {
      output.note(parsed.error.message);
      return 1;
    }
    const { values } = parsed.value;
    if (values.help) {
      output.line(helpText());
      return 0;
    }
    const { chosen, unknown } = chooseMeasurements(values.only);
    if (unknown.length > 0) {
      output.note(
        `There is no measurement ${unknown.join(', ')}. Cases are ${cases.map(({ name }) => name).join(', ')}.`,
      );
      return 1;
    }
    const hosts = new Set(chosen.map(({ host }) => host));
    const programs = await prepare(hosts);
    const driver = await findDriver(programs.node, standInDriver);
    const machine = await describeMachine(driver.adapter, hosts.has('chromium') ? programs.chromium : undefined);
    output.note(machine);
    const only = values.only.map((name) => ` --only ${name}`).join('');
    const command = `npm run -s bench${only && ` --${only}`}`;
    const found: { kind: Subject['kind']; findings: Finding[] }[] = [];
    const described = () => describeRun(command, machine, found);
    for (const [index, measurement] of chosen.entries()) {
      output.note(`${index + 1} of ${chosen.length}: ${measurement.name}`);
      const order: Order = {
        measurement,
        ...(driver.icd === undefined ? {} : { icd: driver.icd }),
        ...(values.data === undefined ? {} : { data: values.data }),
      };
      const findings = await carryOut(programs[measurement.host], order, values.under, output.note);
      for (const row of findings) output.note(`  ${row.case}: ${row.milliseconds?.toFixed(1) ?? '-'} ms, ${row.note}`);
      found.push({ kind: measurement.subject.kind, findings });
      // After each, so that a run that is cut short leaves what it has.
      if (values.results !== undefined) writeRun(values.results, command, described());
    }
    const rows = found.flatMap(({ findings }) => findings.map(rowOf));
    output.line(values.json ? JSON.stringify(rows, null, 2) : described());
    return 0;
  };

function writeRun(path: string, command: string, run: string): void {
  writeFileSync(path, withRun(existsSync(path) ? readFileSync(path, 'utf8') : '# Benchmark results\n', command, run));
}

/** Processor, system, versions, adapters and date. */
async function describeMachine(adapter: string, chromium: readonly string[] | undefined): Promise<string> {
  const browser = chromium && (await runNode(chromium, undefined, () => {})).answer;
  const { dependencies, devDependencies } = manifest;
  return [
    `${cpus().length} x ${cpus()[0]?.model.trim()}, ${process.platform} ${release()}`,
    ...(browser === undefined ? [] : [JSON.parse(browser) as string]),
    `Node ${process.versions.node} with Dawn (webgpu ${devDependencies.webgpu}) on ${adapter}`,
    `tfjs ${dependencies['@tensorflow/tfjs-core']}, jax-js ${devDependencies['@jax-js/jax']}`,
    new Date().toISOString().slice(0, 10),
  ].join('; ');
}

/** The findings of a measurement; where it cannot be made, one that says why. */
async function carryOut(
  program: readonly string[] | undefined,
  order: Order,
  under: string | undefined,
  note: (text: string) => void,
): Promise<Finding[]> {
  const { measurement } = order;
  const refused = (why: string): Finding[] => [{ ...emptyFinding(measurement, nameOf(measurement)), note: why }];
  if (program === undefined) return refused(`there is no ${measurement.host} here`);
  const ended = await runNode([...program, JSON.stringify(order)], under, note);
  if (ended.answer !== undefined) return JSON.parse(ended.answer) as Finding[];
  return refused(ended.problem);
}

/** The name its row would have had. */
function nameOf({ subject, name }: Measurement): string {
  return subject.kind === 'step' ? `${subject.preset}, batch ${subject.batch}` : (name.split('/')[0] as string);
}

/** WebGPU for Node: the machine's own drivers, else the one that stands in. */
async function findDriver(program: readonly string[] | undefined, standInDriver: Place['standInDriver']) {
  const named = softwareDriver();
  const ask = async (icd: string | undefined): Promise<string | undefined> => {
    if (program === undefined) return undefined;
    const { answer } = await runNode(program, undefined, () => {}, icd);
    return answer === undefined ? undefined : ((JSON.parse(answer) as string | null) ?? undefined);
  };
  const own = await ask(named);
  if (own !== undefined) return { adapter: own, icd: named };
  const icd = await standInDriver();
  return { adapter: (icd === undefined ? undefined : await ask(icd)) ?? 'no adapter', icd };
}

interface Ended {
  /** Its last line, where it ended well. */
  readonly answer: string | undefined;
  /** Else why not. */
  readonly problem: string;
}

function runNode(
  args: readonly string[],
  under: string | undefined,
  note: (text: string) => void,
  icd?: string,
): Promise<Ended> {
  const [program, ...rest] = [...(under === undefined ? [] : under.split(' ')), process.execPath, ...args];
  const env = icd === undefined ? process.env : { ...process.env, VK_ICD_FILENAMES: icd };
  return new Promise((resolve) => {
    const child = spawn(program as string, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    let out = '';
    let last = '';
    child.stdout.on('data', (data) => {
      out += data;
    });
    child.stderr.on('data', (data) => {
      for (const line of String(data).split('\n')) {
        const text = line.trim();
        if (text === '' || /^at /.test(text)) continue;
        if (/error/i.test(text)) last = text;
        note(`    ${text}`);
      }
    });
    child.on('error', (error) => resolve({ answer: undefined, problem: error.message }));
    child.on('close', (code) => {
      clearTimeout(timer);
      const answer = code === 0 ? out.trim().split('\n').at(-1) : undefined;
      resolve({ answer, problem: last.replace(/^.*?Error: /, '') || `it ended with code ${code}` });
    });
  });
}

const helpText = (): string =>
  [
    'npm run -s bench -- [--only NAME]... [--json] [--results FILE] [--data DIR] [--under PROGRAM]',
    'Measures training steps of this project and of its peers, in Chromium and on Node.',
    '',
    describeOptions(options),
    '',
    'Cases (* not measured unless named):',
    ...cases.map(({ name, help, always }) => `  ${(name + (always ? '' : ' *')).padEnd(20)} ${help}`),
  ].join('\n');
