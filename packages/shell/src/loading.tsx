import { Skeleton } from '@concord/ui';
import type { ReactNode } from 'react';

/** The place of a document that is on its way, in the shape that its kind will have (shell.css). */
export const Loading = ({ children }: { children?: ReactNode }) => (
  <div className="cc-loading" aria-busy="true">
    {children}
    <Skeleton lines={6} />
  </div>
);
