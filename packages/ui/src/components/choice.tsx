import { Check, ChevronDown, Minus } from 'lucide-react';
import {
  Checkbox as CheckboxPrimitive,
  Select as SelectPrimitive,
  ToggleGroup as TogglePrimitive,
} from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { classNames } from '../class-names.ts';
import type { ControlSize } from './button.tsx';

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
      <CheckboxPrimitive.Root
        id={id}
        className="cc-check__box"
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next === true)}
      >
        <CheckboxPrimitive.Indicator className="cc-check__mark">
          {checked === 'indeterminate' ? <Minus strokeWidth={3} /> : <Check strokeWidth={3} />}
        </CheckboxPrimitive.Indicator>
      </CheckboxPrimitive.Root>
      <label className={classNames('cc-check__label', hideLabel && 'cc-hidden')} htmlFor={id}>
        {label}
      </label>
    </span>
  );
}

export type Option<T extends string> = {
  readonly value: T;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
};

export type SelectProps<T extends string> = {
  label: string;
  value: T | undefined;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
  hideLabel?: boolean;
  placeholder?: string;
  size?: ControlSize;
  disabled?: boolean;
};

const find = <T extends string>(options: readonly Option<T>[], value: string): T | undefined =>
  options.find((option) => option.value === value)?.value;

/** One of a list, in a button that opens it. For two to four options prefer a SegmentedControl. */
export function Select<T extends string>(props: SelectProps<T>) {
  const {
    label,
    value,
    options,
    onChange,
    hideLabel,
    placeholder,
    size = 'medium',
    disabled = false,
  } = props;
  const id = useId();
  return (
    <div className="cc-field">
      <label className={hideLabel ? 'cc-hidden' : 'cc-field__label'} htmlFor={id}>
        {label}
      </label>
      <SelectPrimitive.Root
        value={value ?? ''}
        disabled={disabled}
        onValueChange={(next) => {
          const known = find(options, next);
          if (known !== undefined) onChange(known);
        }}
      >
        <SelectPrimitive.Trigger
          id={id}
          className={classNames('cc-button', 'cc-button--secondary', `cc-button--${size}`, 'cc-select')}
        >
          <SelectPrimitive.Value placeholder={placeholder} />
          <SelectPrimitive.Icon asChild>
            <ChevronDown className="cc-select__chevron" />
          </SelectPrimitive.Icon>
        </SelectPrimitive.Trigger>
        <SelectPrimitive.Portal>
          <SelectPrimitive.Content className="cc-menu" position="popper" sideOffset={4} collisionPadding={8}>
            <SelectPrimitive.Viewport>
              {options.map((option) => (
                <SelectPrimitive.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled ?? false}
                  className="cc-menu__item"
                >
                  {option.icon ? <span className="cc-menu__icon">{option.icon}</span> : null}
                  <span className="cc-menu__label">
                    <SelectPrimitive.ItemText>{option.label}</SelectPrimitive.ItemText>
                  </span>
                  <SelectPrimitive.ItemIndicator className="cc-menu__icon">
                    <Check />
                  </SelectPrimitive.ItemIndicator>
                </SelectPrimitive.Item>
              ))}
            </SelectPrimitive.Viewport>
          </SelectPrimitive.Content>
        </SelectPrimitive.Portal>
      </SelectPrimitive.Root>
    </div>
  );
}

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
  return (
    <TogglePrimitive.Root
      type="single"
      className="cc-segments"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const known = find(options, next); // pressing the chosen one again gives '': keep it
        if (known !== undefined) onChange(known);
      }}
    >
      {options.map((option) => (
        <TogglePrimitive.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled ?? false}
          className="cc-segments__item"
          aria-label={option.label}
          title={iconsOnly ? option.label : undefined}
        >
          {option.icon}
          {iconsOnly && option.icon ? null : option.label}
        </TogglePrimitive.Item>
      ))}
    </TogglePrimitive.Root>
  );
}
