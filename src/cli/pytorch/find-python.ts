import { runProgram } from '../run-program.ts';

/** A Python with PyTorch. */
export interface Python {
  readonly program: string;
  readonly torch: string;
}

/** The first of PYTHON, `python3` and Debian's own that imports PyTorch; undefined where none does. */
export async function findPytorch(): Promise<Python | undefined> {
  const named = process.env.PYTHON === undefined ? [] : [process.env.PYTHON];
  for (const program of [...named, 'python3', '/usr/bin/python3']) {
    const lines: string[] = [];
    const args = ['-c', 'import torch; print("torch", torch.__version__)'];
    const { code } = await runProgram(program, args, { onLine: (line) => lines.push(line), timeout: 120_000 });
    const torch = lines.find((line) => line.startsWith('torch '))?.slice(6);
    if (code === 0 && torch !== undefined) return { program, torch };
  }
  return undefined;
}
