import { X } from 'lucide-react';
import { Toast as Primitive } from 'radix-ui';
import { IconButton } from '../components/button.tsx';
import { words } from '../words.ts';
import type { Shown } from './contract.ts';

type ToastsProps = { toasts: readonly Shown[]; onDismiss: (id: number) => void };

/** See Toaster. */
export function ToastParts({ toasts, onDismiss }: ToastsProps) {
  return (
    <Primitive.Provider label={words.notifications} swipeDirection="down">
      {toasts.map(({ id, title, description, action, tone = 'neutral', duration = 6000, polite = false }) => (
        <Primitive.Root
          key={id}
          className={`cc-toast cc-toast--${tone}`}
          duration={duration}
          type={polite ? 'background' : 'foreground'}
          onOpenChange={(open) => {
            if (!open) onDismiss(id);
          }}
        >
          <div className="cc-toast__words">
            <Primitive.Title className="cc-toast__title">{title}</Primitive.Title>
            {description ? <Primitive.Description>{description}</Primitive.Description> : null}
          </div>
          {action ? (
            <Primitive.Action asChild altText={action.label}>
              <button type="button" className="cc-toast__action" onClick={action.onSelect}>
                {action.label}
              </button>
            </Primitive.Action>
          ) : null}
          <Primitive.Close asChild>
            <IconButton
              label={words.close}
              icon={<X />}
              size="small"
              tooltip={false}
              className="cc-toast__close"
            />
          </Primitive.Close>
        </Primitive.Root>
      ))}
      <Primitive.Viewport className="cc-toasts" />
    </Primitive.Provider>
  );
}
