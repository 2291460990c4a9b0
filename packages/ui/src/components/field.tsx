import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from '../class-names.ts';

type FieldWords = {
  label: string;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  hint?: string;
  /** Says what is wrong and how to right it; marks the field invalid. */
  error?: string;
};

type Described = { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string };

function Field({
  label,
  hideLabel,
  hint,
  error,
  children,
}: FieldWords & { children: (props: Described) => ReactNode }) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="cc-field">
      <label className={hideLabel ? 'cc-hidden' : 'cc-field__label'} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        ...(error !== undefined && { 'aria-invalid': true as const }),
        ...(note !== undefined && { 'aria-describedby': `${id}-note` }),
      })}
      {note !== undefined ? (
        <p
          id={`${id}-note`}
          className={classNames('cc-field__note', error !== undefined && 'cc-field__note--error')}
        >
          {note}
        </p>
      ) : null}
    </div>
  );
}

export type TextFieldProps = FieldWords & Omit<ComponentProps<'input'>, 'id'> & { icon?: ReactNode };

/** A labelled line of text. */
export function TextField({ label, hideLabel, hint, error, icon, className, ...input }: TextFieldProps) {
  const words = { label, ...(hideLabel && { hideLabel }), ...(hint !== undefined && { hint }) };
  return (
    <Field {...words} {...(error !== undefined && { error })}>
      {(described) => (
        <span className={classNames('cc-input', className)}>
          {icon}
          <input type="text" {...input} {...described} />
        </span>
      )}
    </Field>
  );
}

export type TextAreaProps = FieldWords & Omit<ComponentProps<'textarea'>, 'id'>;

/** A labelled block of text that grows with what is written. */
export function TextArea({ label, hideLabel, hint, error, className, ...input }: TextAreaProps) {
  const words = { label, ...(hideLabel && { hideLabel }), ...(hint !== undefined && { hint }) };
  return (
    <Field {...words} {...(error !== undefined && { error })}>
      {(described) => (
        <span className={classNames('cc-input', 'cc-input--area', className)}>
          <textarea rows={3} {...input} {...described} />
        </span>
      )}
    </Field>
  );
}
