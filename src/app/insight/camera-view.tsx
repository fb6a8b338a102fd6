import { Camera, X } from 'lucide-react';
import { useRef, useState } from 'react';

/** What the camera sees, with the button that takes the picture. */
export function CameraView({
  stream,
  onShot,
  onClose,
}: {
  readonly stream: MediaStream;
  onShot(video: HTMLVideoElement): void;
  onClose(): void;
}) {
  const video = useRef<HTMLVideoElement>(null);
  const [seen, setSeen] = useState(false);
  return (
    <div className="camera-view">
      <video
        ref={(element) => {
          video.current = element;
          if (element !== null && element.srcObject !== stream) element.srcObject = stream;
        }}
        className="camera"
        autoPlay
        muted
        playsInline
        aria-label="Camera"
        onLoadedData={() => setSeen(true)}
      />
      <div className="row">
        <button
          type="button"
          className="button button-small button-solid"
          disabled={!seen}
          onClick={() => video.current !== null && onShot(video.current)}
        >
          <Camera aria-hidden /> Take the picture
        </button>
        <button type="button" className="button button-small" onClick={onClose}>
          <X aria-hidden /> Close the camera
        </button>
      </div>
    </div>
  );
}
