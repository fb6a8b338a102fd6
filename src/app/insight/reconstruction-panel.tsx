import { Panel } from '../parts/panel.tsx';
import { usePlayground } from '../playground-context.ts';
import { PixelImage } from './pixel-canvas.tsx';

/** The images beside what each module's decoders make of them, patch by patch. */
export function ReconstructionPanel() {
  const seen = usePlayground((state) => state.insight.images);
  if (seen === undefined) {
    return (
      <Panel label="Reconstructions">
        <p className="soft">Looking</p>
      </Panel>
    );
  }
  const { images, labels, size, classNames, reconstructions } = seen;
  return (
    <Panel label="Reconstructions">
      {reconstructions.length === 0 && (
        <p className="soft">
          No module carries a decoder here. InfoPro has one on every module but the last, HPFF on every cascade.
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="table-scroll" aria-label="Input and reconstructions" tabIndex={0}>
        <table className="reconstructions">
          <thead>
            <tr>
              <th scope="col">input</th>
              {reconstructions.map(({ module, purpose, grid }) => (
                <th key={`${module} ${purpose}`} scope="col">
                  module {module}
                  {grid > 1 && (
                    <span className="soft">
                      {' '}
                      {grid}×{grid}
                    </span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((label, image) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the image
              <tr key={image}>
                <th scope="row">
                  <PixelImage
                    bytes={images}
                    image={image}
                    size={size}
                    label={`Input ${image}: ${classNames[label] ?? 'your image'}`}
                  />
                  <span className="image-name">{classNames[label] ?? 'yours'}</span>
                </th>
                {reconstructions.map(({ module, purpose, grid, size: side, images: made }) => (
                  <td key={`${module} ${purpose}`}>
                    <PixelImage
                      bytes={made}
                      image={image}
                      size={side}
                      grid={grid}
                      label={`Reconstruction of input ${image} from module ${module}`}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}
