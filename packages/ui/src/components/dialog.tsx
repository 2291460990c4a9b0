import { X } from 'lucide-react';
import { AlertDialog as AlertPrimitive, Dialog as Primitive } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import { words } from '../words.ts';
import { Button, IconButton } from './button.tsx';
import { useFocusReturn } from './focus-return.ts';

export type DialogProps = {
  title: string;
  description?: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** One element that opens it. Without it the caller drives `open`. */
  trigger?: ReactElement;
  size?: 'small' | 'medium' | 'large';
  footer?: ReactNode;
  children?: ReactNode;
  className?: string;
};

/** A modal dialog. Focus moves in, stays in, and goes back to where it was. */
export function Dialog(props: DialogProps) {
  const {
    title,
    description,
    open,
    onOpenChange,
    trigger,
    size = 'medium',
    footer,
    children,
    className,
  } = props;
  const { close } = words;
  const giveBack = useFocusReturn(open === true);
  const state = { ...(open !== undefined && { open }), ...(onOpenChange && { onOpenChange }) };
  return (
    <Primitive.Root {...state}>
      {trigger ? <Primitive.Trigger asChild>{trigger}</Primitive.Trigger> : null}
      <Primitive.Portal>
        <Primitive.Overlay className="cc-scrim">
          <Primitive.Content
            className={classNames('cc-dialog', `cc-dialog--${size}`, className)}
            {...(!description && { 'aria-describedby': undefined })}
            {...(!trigger && { onCloseAutoFocus: giveBack })}
          >
            <div className="cc-dialog__head cc-dialog__head--closable">
              <div className="cc-dialog__words">
                <Primitive.Title className="cc-dialog__title">{title}</Primitive.Title>
                {description ? (
                  <Primitive.Description className="cc-dialog__description">
                    {description}
                  </Primitive.Description>
                ) : null}
              </div>
            </div>
            {children ? <div className="cc-dialog__body">{children}</div> : null}
            {footer ? <div className="cc-dialog__foot">{footer}</div> : null}
            {/* Last, so that focus starts on what the dialog is about. */}
            <Primitive.Close asChild>
              <IconButton
                className="cc-dialog__close"
                label={close}
                icon={<X />}
                size="small"
                tooltip={false}
              />
            </Primitive.Close>
          </Primitive.Content>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Wraps a button that closes the dialog around it. */
export const DialogClose = ({ children }: { children: ReactElement }) => (
  <Primitive.Close asChild>{children}</Primitive.Close>
);

export type AlertDialogProps = {
  title: string;
  description: string;
  confirmLabel: string;
  onConfirm: () => void;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: ReactElement;
  /** The action destroys something: its button is red and focus starts on Cancel. */
  danger?: boolean;
};

/** A question that must be answered before anything else. Prefer an undo toast where undo is possible. */
export function AlertDialog(props: AlertDialogProps) {
  const { title, description, confirmLabel, onConfirm, open, onOpenChange, trigger, danger = false } = props;
  const { cancel } = words;
  const giveBack = useFocusReturn(open === true);
  const state = { ...(open !== undefined && { open }), ...(onOpenChange && { onOpenChange }) };
  return (
    <AlertPrimitive.Root {...state}>
      {trigger ? <AlertPrimitive.Trigger asChild>{trigger}</AlertPrimitive.Trigger> : null}
      <AlertPrimitive.Portal>
        <AlertPrimitive.Overlay className="cc-scrim">
          <AlertPrimitive.Content
            className="cc-dialog cc-dialog--small"
            {...(!trigger && { onCloseAutoFocus: giveBack })}
          >
            <div className="cc-dialog__head">
              <div className="cc-dialog__words">
                <AlertPrimitive.Title className="cc-dialog__title">{title}</AlertPrimitive.Title>
                <AlertPrimitive.Description className="cc-dialog__description">
                  {description}
                </AlertPrimitive.Description>
              </div>
            </div>
            <div className="cc-dialog__foot">
              <AlertPrimitive.Cancel asChild>
                <Button>{cancel}</Button>
              </AlertPrimitive.Cancel>
              <AlertPrimitive.Action asChild>
                <Button variant={danger ? 'danger' : 'primary'} onClick={onConfirm}>
                  {confirmLabel}
                </Button>
              </AlertPrimitive.Action>
            </div>
          </AlertPrimitive.Content>
        </AlertPrimitive.Overlay>
      </AlertPrimitive.Portal>
    </AlertPrimitive.Root>
  );
}
