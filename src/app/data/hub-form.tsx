import type { HubChoice, HubOffer } from '../../worker/protocol.ts';
import { formatBytes, formatWhole } from '../look/format.ts';
import { kept } from '../parts/kept.ts';
import { Note } from '../parts/note.tsx';
import { useActions, usePlayground } from '../playground-context.ts';

/** Sets that are known by name on the hub. */
const named = [
  ['CIFAR-10', 'uoft-cs/cifar10', 'plain_text'],
  ['SVHN', 'ufldl-stanford/svhn', 'cropped_digits'],
  ['STL-10', 'tanganke/stl10', ''],
  ['Tiny-ImageNet', 'zh-plus/tiny-imagenet', ''],
] as const;

const useAddress = kept('https://huggingface.co');
const useRepository = kept<string>(named[0][1]);
const useConfiguration = kept<string>(named[0][2]);
const useTrain = kept('5000');
const useTest = kept('1000');

const sizeOf = (text: string): number | 'all' => (/^[1-9]\d{0,7}$/.test(text.trim()) ? Number(text) : 'all');

/** Fetches a set from a hub, in two steps: what it would cost, then the fetching. Nothing is asked of the hub before the first. */
export function HubForm() {
  const loading = usePlayground((state) => state.loadingData);
  const offer = usePlayground((state) => state.hubOffer);
  const seed = usePlayground((state) => state.experiment.seed);
  const { planHub } = useActions();
  const [address, setAddress] = useAddress();
  const [repository, setRepository] = useRepository();
  const [configuration, setConfiguration] = useConfiguration();
  const [train, setTrain] = useTrain();
  const [test, setTest] = useTest();
  const choice = (): HubChoice => ({
    address: address.trim().replace(/\/+$/, ''),
    repository: repository.trim(),
    configuration: configuration.trim() === '' ? undefined : configuration.trim(),
    train: sizeOf(train),
    test: sizeOf(test),
    seed,
  });
  const possible = /^[\w.-]+\/[\w.-]+$/.test(repository.trim()) && /^https?:\/\/./.test(address.trim());
  return (
    <details className="hub">
      <summary>From a hub</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (possible) planHub(choice());
        }}
      >
        <div className="row">
          {named.map(([title, id, config]) => (
            <button
              key={id}
              type="button"
              className="button button-small"
              aria-pressed={repository === id}
              title={`Fills in ${id}`}
              onClick={() => {
                setRepository(id);
                setConfiguration(config);
              }}
            >
              {title}
            </button>
          ))}
        </div>
        <div className="hub-fields">
          <Field
            label="Repository"
            value={repository}
            onChange={setRepository}
            help="Owner and name, with an image and a label column"
          />
          <Field
            label="Configuration"
            value={configuration}
            onChange={setConfiguration}
            help="Empty: the only one, or the first"
          />
          <Field
            label="Training images to fetch"
            value={train}
            onChange={setTrain}
            help="all, or at least so many: whole row groups are fetched"
          />
          <Field label="Test images to fetch" value={test} onChange={setTest} help="all, or at least so many" />
          <Field label="Hub address" value={address} onChange={setAddress} help="The hub itself, or a mirror of it" />
        </div>
        <button
          type="submit"
          className="button"
          disabled={loading || !possible}
          title="Asks the hub for its list and the files\u2019 footers"
        >
          What would it cost?
        </button>
      </form>
      {offer && <Offer offer={offer} />}
    </details>
  );
}

function Offer({ offer }: { readonly offer: HubOffer }) {
  const { loadHub, forgetOffer } = useActions();
  const { choice, bytes, images } = offer;
  return (
    <Note kind="plain" onDismiss={forgetOffer}>
      <p>
        {choice.repository}: {formatBytes(bytes)} to fetch
        {images === undefined
          ? ', whole files, as the hub hands out nothing less.'
          : `, for ${formatWhole(images.train.fetched)} of ${formatWhole(images.train.all)} training and ${formatWhole(images.test.fetched)} of ${formatWhole(images.test.all)} test images.`}{' '}
        If it breaks off, it goes on from there the next time.
      </p>
      <button type="button" className="button button-solid button-small" onClick={() => loadHub(choice)}>
        Fetch {formatBytes(bytes)}
      </button>
    </Note>
  );
}

function Field({
  label,
  value,
  help,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly help: string;
  onChange(value: string): void;
}) {
  return (
    <label title={help}>
      <span>{label}</span>
      <input
        className="input"
        type="text"
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
