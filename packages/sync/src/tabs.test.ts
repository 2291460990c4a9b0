import { broadcastTabs } from './tabs.ts';
import { tabsContract } from './testing/tabs-contract.ts';

tabsContract('broadcastTabs', broadcastTabs);
