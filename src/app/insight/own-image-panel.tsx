import { Camera, Eraser, ImageUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { kept } from '../parts/kept.ts';
import { Panel } from '../parts/panel.tsx';
import { useActions, usePlayground } from '../playground-context.ts';
import { CameraView } from './camera-view.tsx';
import { boardBytes, clearBoard, DrawingBoard, paintBoard } from './drawing-board.tsx';
import { OwnAnswer } from './own-answer.tsx';
import { useCamera } from './use-camera.ts';

const useColour = kept('#111111');

/** An image the user draws, drops, chooses or takes with the camera, for the network to classify. */
export function OwnImagePanel() {
  const size = usePlayground((state) => state.run?.experiment.resolution ?? 32);
  const { lookInto } = useActions();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [colour, setColour] = useColour();
  const [problem, setProblem] = useState<string>();
  const { camera, open, close } = useCamera();

  const classify = () => {
    const image = canvas.current && boardBytes(canvas.current, size);
    if (image) lookInto({ of: { kind: 'own', image } });
  };
  const take = async (file: Blob) => {
    try {
      const picture = await createImageBitmap(file);
      paintBoard(canvas.current, picture, picture.width, picture.height);
      picture.close();
      setProblem(undefined);
      classify();
    } catch {
      setProblem('This file is no picture that the browser can read. Choose a PNG, JPEG or WebP file.');
    }
  };
  const shoot = (video: HTMLVideoElement) => {
    paintBoard(canvas.current, video, video.videoWidth, video.videoHeight);
    close();
    classify();
  };
  const said = camera.kind === 'refused' ? camera.words : problem;
  return (
    <Panel label="Your image">
      <p className="soft">
        Draw, drop a file on the board, or use the camera. The image never leaves this device: it goes to the network in
        this page, and nowhere else.
      </p>
      <div className="own-image">
        <DrawingBoard canvas={canvas} colour={colour} onDrawn={classify} onFile={(file) => void take(file)} />
        {camera.kind === 'on' && <CameraView stream={camera.stream} onShot={shoot} onClose={close} />}
        <div className="own-tools">
          <div className="row">
            <label className="row">
              Colour <input type="color" value={colour} onChange={(event) => setColour(event.target.value)} />
            </label>
            <button type="button" className="button button-small" onClick={() => clearBoard(canvas.current)}>
              <Eraser aria-hidden /> Clear
            </button>
            <label className="button button-small file-button">
              <ImageUp aria-hidden /> Choose a file
              <input
                type="file"
                accept="image/*"
                className="visually-hidden"
                onChange={(event) => {
                  const [file] = event.target.files ?? [];
                  if (file !== undefined) void take(file);
                  // So that the same file can be chosen again.
                  event.target.value = '';
                }}
              />
            </label>
            {camera.kind !== 'on' && (
              <button
                type="button"
                className="button button-small"
                disabled={camera.kind === 'asking'}
                title="The browser asks first. What the camera sees stays on this device"
                onClick={() => void open()}
              >
                <Camera aria-hidden /> Camera
              </button>
            )}
            <button type="button" className="button button-small" onClick={classify}>
              Classify
            </button>
          </div>
          {said && <p role="alert">{said}</p>}
          <OwnAnswer />
        </div>
      </div>
    </Panel>
  );
}
