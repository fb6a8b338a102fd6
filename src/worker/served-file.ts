import type { NamedFile } from '../datasets/named-file.ts';
import type { ServedFile } from './data-protocol.ts';

/** A file of the development server, to read; a failed request fails the stream. */
export function servedFile({ name, url, size }: ServedFile): NamedFile {
  return {
    name,
    size,
    stream() {
      const body = fetch(url).then((response) => {
        if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
        return response.body.getReader();
      });
      return new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { done, value } = await (await body).read();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: async (reason) => (await body).cancel(reason),
      });
    },
  };
}
