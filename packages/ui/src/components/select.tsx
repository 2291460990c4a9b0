import { Check, ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import { useId } from 'react';
import { classNames } from '../class-names.ts';
import type { ControlSize } from './button.tsx';
import type { Option } from './segments.tsx';

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
      <Primitive.Root
        value={value ?? ''}
        disabled={disabled}
        onValueChange={(next) => {
          const known = options.find((option) => option.value === next);
          if (known) onChange(known.value);
        }}
      >
        <Primitive.Trigger
          id={id}
          className={classNames('cc-button', 'cc-button--secondary', `cc-button--${size}`, 'cc-select')}
        >
          <Primitive.Value placeholder={placeholder} />
          <Primitive.Icon asChild>
            <ChevronDown className="cc-select__chevron" />
          </Primitive.Icon>
        </Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content className="cc-menu" position="popper" sideOffset={4} collisionPadding={8}>
            <Primitive.Viewport>
              {options.map((option) => (
                <Primitive.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled ?? false}
                  className="cc-menu__item"
                >
                  {option.icon ? <span className="cc-menu__icon">{option.icon}</span> : null}
                  <span className="cc-menu__label">
                    <Primitive.ItemText>{option.label}</Primitive.ItemText>
                  </span>
                  <Primitive.ItemIndicator className="cc-menu__icon">
                    <Check />
                  </Primitive.ItemIndicator>
                </Primitive.Item>
              ))}
            </Primitive.Viewport>
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </div>
  );
}
