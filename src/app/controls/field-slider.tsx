import { Slider } from 'radix-ui';
import { fields } from '../../experiment/fields.ts';
import type { ControlName, SliderRange } from './field-kinds.ts';
import { placeOf, sliderSteps, valueAt } from './number-steps.ts';

/** Moves a number by hand; each position is applied at once. */
export function FieldSlider({
  name,
  value,
  range,
  disabled,
  onChange,
}: {
  readonly name: ControlName;
  readonly value: number;
  readonly range: SliderRange;
  readonly disabled: boolean;
  onChange(value: number): void;
}) {
  return (
    <Slider.Root
      className="slider"
      min={0}
      max={sliderSteps}
      step={1}
      value={[placeOf(value, range)]}
      disabled={disabled}
      onValueChange={([place]) => {
        if (place !== undefined) onChange(valueAt(place, range));
      }}
    >
      <Slider.Track className="slider-track">
        <Slider.Range className="slider-range" />
      </Slider.Track>
      <Slider.Thumb
        className="slider-thumb"
        aria-label={`${fields[name].title} slider`}
        aria-valuetext={String(value)}
        aria-describedby={`help-${name}`}
      />
    </Slider.Root>
  );
}
