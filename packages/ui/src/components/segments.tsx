import { type ReactNode, useId } from 'react';

export type Option<T extends string> = {
  readonly value: T;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
};

export type SegmentedControlProps<T extends string> = {
  label: string;
  value: T;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
  /** Shows the icons only; the words stay as accessible names. */
  iconsOnly?: boolean;
};

/** One of a few, all of them in view: zoom levels, views. */
export function SegmentedControl<T extends string>(props: SegmentedControlProps<T>) {
  const { label, value, options, onChange, iconsOnly = false } = props;
  const name = useId();
  return (
    <div role="radiogroup" className="cc-segments" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className="cc-segments__item" title={iconsOnly ? option.label : undefined}>
          <input
            type="radio"
            name={name}
            aria-label={option.label}
            checked={option.value === value}
            disabled={option.disabled ?? false}
            onChange={() => onChange(option.value)}
          />
          {option.icon}
          {iconsOnly && option.icon ? null : option.label}
        </label>
      ))}
    </div>
  );
}
