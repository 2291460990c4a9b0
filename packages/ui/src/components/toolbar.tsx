import { Toolbar as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton, type IconButtonProps } from './button.tsx';

/** A row of tools with one tab stop; the arrow keys move inside it. */
export const Toolbar = ({ label, children }: { label: string; children: ReactNode }) => (
  <Primitive.Root className="cc-toolbar" aria-label={label}>
    {children}
  </Primitive.Root>
);

/** An icon button inside a toolbar. */
export const ToolbarButton = (props: IconButtonProps) => (
  <Primitive.Button asChild>
    <IconButton {...props} />
  </Primitive.Button>
);

export const ToolbarSeparator = () => <Primitive.Separator className="cc-toolbar__separator" />;
