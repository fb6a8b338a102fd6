import { join } from 'node:path';
import { findSoftwareVulkan } from '../src/cli/browser/software-vulkan.ts';
import { runCommand } from '../src/cli/command.ts';
import { repository, scriptArguments } from '../src/cli/node-script.ts';
import { benchCommand } from './bench-command.ts';
import { buildNode, buildPage } from './build.ts';
import { nodeFolder, pageFolder } from './places.ts';

const hosts = join(repository, 'bench', 'hosts');

await runCommand(
  benchCommand({
    async prepare(wanted) {
      await buildNode(nodeFolder, { measure: join(hosts, 'node-program.ts') });
      if (wanted.has('chromium')) await buildPage(pageFolder);
      return {
        node: [join(nodeFolder, 'measure.js')],
        chromium: scriptArguments(join(hosts, 'chromium-program.ts'), []),
      };
    },
    standInDriver: findSoftwareVulkan,
  }),
);
