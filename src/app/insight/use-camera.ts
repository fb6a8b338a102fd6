import { useCallback, useEffect, useRef, useState } from 'react';
import { cameraRefusal } from './camera-words.ts';

/** Where the camera stands. */
export type CameraState =
  | { readonly kind: 'off' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'on'; readonly stream: MediaStream }
  | { readonly kind: 'refused'; readonly words: string };

const off: CameraState = { kind: 'off' };

const stop = (stream: MediaStream) => {
  for (const track of stream.getTracks()) track.stop();
};

/** The device's camera. It is stopped when closed, when the page is hidden, and with the component, also where it starts only then. */
export function useCamera(): { readonly camera: CameraState; open(): Promise<void>; close(): void } {
  const [camera, setCamera] = useState<CameraState>(off);
  const running = useRef<MediaStream>(undefined);
  // Whoever asks again, closes or leaves makes an answer still under way count for nothing.
  const asked = useRef(0);

  const close = useCallback(() => {
    asked.current++;
    if (running.current !== undefined) stop(running.current);
    running.current = undefined;
    setCamera(off);
  }, []);

  const open = useCallback(async () => {
    close();
    const own = ++asked.current;
    setCamera({ kind: 'asking' });
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (own !== asked.current) return stop(stream);
      running.current = stream;
      // Unplugged, or taken away in the browser's settings.
      for (const track of stream.getTracks()) track.addEventListener('ended', () => own === asked.current && close());
      setCamera({ kind: 'on', stream });
    } catch (error) {
      if (own !== asked.current) return;
      const name = error instanceof Error ? error.name : String(error);
      setCamera({ kind: 'refused', words: cameraRefusal(name, 'mediaDevices' in navigator) });
    }
  }, [close]);

  useEffect(() => {
    const hide = () => document.visibilityState === 'hidden' && close();
    document.addEventListener('visibilitychange', hide);
    return () => {
      document.removeEventListener('visibilitychange', hide);
      close();
    };
  }, [close]);

  return { camera, open, close };
}
