import { appConfig } from '@concord/shell/vite';

export default appConfig('blocks');
