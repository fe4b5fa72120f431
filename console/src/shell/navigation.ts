import {
  Activity,
  BookOpenCheck,
  CalendarDays,
  FlaskConical,
  House,
  type LucideIcon,
  Mail,
  Plug,
  RefreshCw,
  Server,
  Users,
  Webhook,
  Bell,
} from 'lucide-react';
import type { Role } from '@/api/account';

export interface NavigationEntry {
  readonly to: string;
  /** Its word: `shell:nav.<word>`. */
  readonly word: string;
  readonly icon: LucideIcon;
  /** Who may go there; everybody when not given. */
  readonly role?: Role;
  /** Only while the stand-ins run. */
  readonly needsSandbox?: true;
}

export interface NavigationGroup {
  readonly word?: string;
  readonly entries: readonly NavigationEntry[];
}

export const NAVIGATION: readonly NavigationGroup[] = [
  {
    entries: [
      { to: '/', word: 'home', icon: House },
      { to: '/connections', word: 'connections', icon: Plug },
      { to: '/activity', word: 'activity', icon: Activity },
      { to: '/prospects', word: 'prospects', icon: Users },
      { to: '/agenda', word: 'agenda', icon: CalendarDays },
      { to: '/formations', word: 'formations', icon: BookOpenCheck },
      { to: '/notifications', word: 'notifications', icon: Bell },
    ],
  },
  {
    word: 'operations',
    entries: [
      { to: '/webhooks', word: 'deliveries', icon: Webhook, role: 'admin' },
      { to: '/sync-runs', word: 'syncRuns', icon: RefreshCw, role: 'admin' },
      { to: '/mails', word: 'mails', icon: Mail, role: 'admin' },
      { to: '/sandbox', word: 'sandbox', icon: FlaskConical, needsSandbox: true },
      { to: '/system', word: 'system', icon: Server, role: 'admin' },
    ],
  },
];
