import type { DataInfo, SetView } from '../../worker/protocol.ts';
import { formatWhole } from '../look/format.ts';

/** How many training and test images each class has: a bar a class. */
export function ClassBalance({ info, view }: { readonly info: DataInfo; readonly view: SetView }) {
  const { train = [], validation, test = [] } = view.balance;
  const most = Math.max(1, ...train);
  const range = (counts: readonly number[]) => {
    const [least, largest] = [Math.min(...counts), Math.max(...counts)];
    return least === largest ? formatWhole(least) : `${formatWhole(least)} to ${formatWhole(largest)}`;
  };
  const others = [...(validation ? [`${range(validation)} validation`] : []), `${range(test)} test`];
  const words = `${range(train)} training, ${others.join(' and ')} images a class`;
  return (
    <figure className="balance">
      <figcaption>Class balance: {words}.</figcaption>
      <div role="img" aria-label={`Training images of each class: ${words}`} className="balance-bars">
        {info.classNames.map((name, label) => (
          <span
            key={name}
            title={`${name}: ${formatWhole(train[label] ?? 0)} training, ${formatWhole(test[label] ?? 0)} test images`}
            style={{ blockSize: `${(100 * (train[label] ?? 0)) / most}%` }}
          />
        ))}
      </div>
    </figure>
  );
}
