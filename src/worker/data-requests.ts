import { fail, ok, type Result } from '../base/result.ts';
import type { Dataset } from '../datasets/dataset.ts';
import type { DataInfo, DataRequest, HubOffer, SetView, StoredSets } from './data-protocol.ts';
import { describeData, viewData } from './data-view.ts';
import type { DataShelf } from './datasets.ts';

/** What requests about images mean. */
export class DataRequests {
  constructor(
    private readonly shelf: DataShelf,
    /** Images of the live run. */
    private readonly ownImages: () => Dataset | undefined,
    private readonly onReading: (what: string, share: number | undefined) => void,
  ) {}

  async loadData(request: Extract<DataRequest, { kind: 'loadData' }>): Promise<Result<DataInfo>> {
    const { source, experiment, memoryLimit } = request;
    const loaded = await this.shelf.load(source, experiment, memoryLimit, this.onReading);
    return loaded.ok ? ok(describeData(loaded.value)) : loaded;
  }

  planHub({ choice }: Extract<DataRequest, { kind: 'planHub' }>): Promise<Result<HubOffer>> {
    return this.shelf.offer(choice);
  }

  listSets(): Promise<Result<StoredSets>> {
    return this.shelf.listStored();
  }

  deleteSet({ set }: Extract<DataRequest, { kind: 'deleteSet' }>): Promise<Result<StoredSets>> {
    return this.shelf.deleteStored(set);
  }

  cancelData(): Result<void> {
    this.shelf.cancel();
    return ok(undefined);
  }

  /** A look at the live run's images, or at a loaded set's, by their checksum. */
  async viewData({ set, look }: Extract<DataRequest, { kind: 'viewData' }>): Promise<Result<SetView>> {
    const own = this.ownImages();
    const dataset = own?.checksum === set ? own : this.shelf.withChecksum(set);
    return dataset === undefined
      ? fail('These images are not loaded any more. Load them again.', 'data')
      : ok(viewData(dataset, look));
  }
}
