export { relativeTime } from '@concord/ui';
