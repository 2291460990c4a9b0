import { Check, Minus } from 'lucide-react';
import { Checkbox as Primitive } from 'radix-ui';
import { useId } from 'react';
import { classNames } from '../class-names.ts';

export type CheckboxProps = {
  label: string;
  checked: boolean | 'indeterminate';
  onChange: (checked: boolean) => void;
  hideLabel?: boolean;
  disabled?: boolean;
};

/** A labelled checkbox; the label is part of the target. */
export function Checkbox({ label, checked, onChange, hideLabel = false, disabled = false }: CheckboxProps) {
  const id = useId();
  return (
    <span className="cc-check">
      <Primitive.Root
        id={id}
        className="cc-check__box"
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next === true)}
      >
        <Primitive.Indicator className="cc-check__mark">
          {checked === 'indeterminate' ? <Minus strokeWidth={3} /> : <Check strokeWidth={3} />}
        </Primitive.Indicator>
      </Primitive.Root>
      <label className={classNames('cc-check__label', hideLabel && 'cc-hidden')} htmlFor={id}>
        {label}
      </label>
    </span>
  );
}
