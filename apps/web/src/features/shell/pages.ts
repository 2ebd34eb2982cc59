import { Activity, FileLock2, type LucideIcon, Router, Search, Settings } from 'lucide-react';

export type PageName = 'explorer' | 'devices' | 'evidence' | 'health' | 'settings';

/** Pages of the navigation, in its order. */
export const PAGES: readonly { readonly name: PageName; readonly path: string; readonly icon: LucideIcon }[] = [
  { name: 'explorer', path: '/explorer', icon: Search },
  { name: 'devices', path: '/devices', icon: Router },
  { name: 'evidence', path: '/evidence', icon: FileLock2 },
  { name: 'health', path: '/health', icon: Activity },
  { name: 'settings', path: '/settings', icon: Settings },
];
