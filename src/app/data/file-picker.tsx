import { useActions } from '../playground-context.ts';

/** Takes the files of CIFAR-10 from this device. */
export function FilePicker({ disabled }: { readonly disabled: boolean }) {
  const { takeFiles } = useActions();
  return (
    <div className="file-picker">
      <label htmlFor="data-files">Data files</label>
      <input
        id="data-files"
        type="file"
        multiple
        disabled={disabled}
        aria-describedby="data-files-help"
        accept=".gz,.tgz,.tar,.bin"
        onChange={(event) => {
          takeFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <p id="data-files-help" className="soft">
        For CIFAR-10: cifar-10-binary.tar.gz or its .bin files, chosen here or dropped anywhere on the page. Images
        never leave this device.
      </p>
    </div>
  );
}
