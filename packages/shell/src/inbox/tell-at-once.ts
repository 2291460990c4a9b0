import { type ToastOptions, toast } from '@concord/ui';

const told = new Set<string>();

/**
 * Says at once what the inbox will keep too, as the app knows best what to do about it. The inbox, which would say it a
 * moment later by the same `once`, then does not.
 */
export function tellAtOnce(once: string, options: Omit<ToastOptions, 'key'>): void {
  told.add(once);
  toast({ ...options, key: once });
}

/** Whether the app has said it. Asked once. */
export const wasTold = (once: string | undefined): boolean => once !== undefined && told.delete(once);
