/** As much of the File System API as the store uses, in memory; the real one is tested in a browser. */
export function fakeDirectory(): FileSystemDirectoryHandle {
  const entries = new Map<string, unknown>();
  const missing = () => new DOMException('there is no such entry', 'NotFoundError');
  const handle = {
    kind: 'directory',
    name: '',
    async getDirectoryHandle(name: string, { create = false } = {}) {
      if (!entries.has(name) && !create) throw missing();
      if (!entries.has(name)) entries.set(name, Object.assign(fakeDirectory(), { name }));
      return entries.get(name);
    },
    async getFileHandle(name: string, { create = false } = {}) {
      if (!entries.has(name) && !create) throw missing();
      if (!entries.has(name)) entries.set(name, fakeFile(name));
      return entries.get(name);
    },
    async removeEntry(name: string) {
      if (!entries.delete(name)) throw missing();
    },
    async *values() {
      yield* entries.values();
    },
  };
  return handle as unknown as FileSystemDirectoryHandle;
}

function fakeFile(name: string) {
  let contents = new Uint8Array();
  return {
    kind: 'file',
    name,
    getFile: async () => {
      const then = contents;
      const file = new File([then], name);
      // As browsers do: what was replaced since it was looked at cannot be read.
      const arrayBuffer = async () => {
        await new Promise((resolve) => setTimeout(resolve));
        if (contents !== then) throw new DOMException('The requested file could not be read', 'NotReadableError');
        return then.slice().buffer;
      };
      return Object.assign(file, { arrayBuffer });
    },
    async createWritable() {
      let aside = new Uint8Array();
      return {
        async write(data: Uint8Array) {
          aside = data.slice() as typeof aside;
        },
        async close() {
          contents = aside;
        },
        async abort() {},
      };
    },
  };
}
