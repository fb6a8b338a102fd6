import { FolderOpen } from 'lucide-react';
import { useRef } from 'react';
import { useActions } from '../playground-context.ts';
import { filesOfPicker } from './given-files.ts';

/** Takes the files of a data set, or a folder of images, from this device. */
export function FilePicker({ disabled }: { readonly disabled: boolean }) {
  const { takeFiles } = useActions();
  const folder = useRef<HTMLInputElement>(null);
  return (
    <div className="file-picker">
      <label htmlFor="data-files">Data files</label>
      <div className="row">
        <input
          id="data-files"
          type="file"
          multiple
          disabled={disabled}
          aria-describedby="data-files-help"
          onChange={(event) => {
            takeFiles(filesOfPicker(event.target.files));
            event.target.value = '';
          }}
        />
        <button
          type="button"
          className="button button-small"
          disabled={disabled}
          title="Reads all files in a folder, such as one folder of images for each class"
          onClick={() => folder.current?.click()}
        >
          <FolderOpen aria-hidden /> Choose a folder
        </button>
        <input
          ref={(input) => {
            folder.current = input;
            // React knows no attribute for it.
            if (input !== null) input.webkitdirectory = true;
          }}
          type="file"
          hidden
          aria-label="Folder of images"
          onChange={(event) => {
            takeFiles(filesOfPicker(event.target.files));
            event.target.value = '';
          }}
        />
      </div>
      <p id="data-files-help" className="soft">
        The official files or archives of CIFAR-10 and 100, SVHN, STL-10, Tiny-ImageNet, Imagenette or MNIST, or images
        of your own: a folder or archive with a folder for each class, or images with a labels.csv. Chosen here or
        dropped anywhere on the page; they never leave this device.
      </p>
    </div>
  );
}
