import { useEffect, useState } from 'react';
import type { Experiment } from '../../experiment/experiment.ts';
import { useActions } from '../playground-context.ts';

/** Bytes that a look into the network of an experiment takes while it lasts; undefined until they are counted. */
export function useLookBytes(experiment: Experiment | undefined, images: number, block: string): number | undefined {
  const { planLook } = useActions();
  const [bytes, setBytes] = useState<number>();
  useEffect(() => {
    let current = true;
    setBytes(undefined);
    if (experiment !== undefined)
      void planLook(experiment, { images, block }).then((counted) => {
        if (current) setBytes(counted);
      });
    return () => {
      current = false;
    };
  }, [experiment, images, block, planLook]);
  return bytes;
}
