import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from 'radix-ui';
import { FlaskConical, Menu as MenuIcon } from 'lucide-react';
import { useMe } from '@/api/account';
import { trialQuery } from '@/api/trial';
import { IconButton } from '@/components/button';
import { Toasts } from '@/components/toast';
import { Tooltip, TooltipProvider } from '@/components/tooltip';
import { ZoneContext } from '@/i18n/use-telling';
import { useAnnouncement } from '@/live/announcements';
import { useLiveUpdates } from '@/live/use-live';
import { Bell } from './bell';
import { Brand } from './brand';
import { GoneBanner } from './gone-banner';
import { LanguageSwitch } from './language-switch';
import { LiveDot } from './live-dot';
import { SideNav } from './side-nav';
import { TemporaryPasswordBanner } from './temporary-password';
import { UserMenu } from './user-menu';

/** What stands around every screen of somebody who is signed in. */
export function Shell() {
  const { t } = useTranslation('shell');
  const { organization } = useMe();
  useLiveUpdates();
  return (
    <ZoneContext value={organization.time_zone}>
      <TooltipProvider delayDuration={400}>
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-md focus:bg-accent focus:px-3 focus:py-2 focus:text-on-accent"
        >
          {t('skip')}
        </a>
        <div className="flex min-h-dvh">
          <aside className="sticky top-0 hidden h-dvh w-56 shrink-0 flex-col overflow-y-auto border-r border-line bg-surface lg:flex">
            <Link to="/" className="flex h-13 shrink-0 items-center px-5">
              <Brand />
            </Link>
            <SideNav />
          </aside>
          <div className="flex min-w-0 flex-1 flex-col">
            <TopBar />
            <GoneBanner />
            <TemporaryPasswordBanner />
            <main id="content" tabIndex={-1} className="w-full max-w-[88rem] flex-1 px-4 py-5 sm:px-6">
              <Outlet />
            </main>
          </div>
        </div>
        <Toasts />
        <Announcements />
      </TooltipProvider>
    </ZoneContext>
  );
}

function Announcements() {
  const text = useAnnouncement();
  return (
    <div role="log" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}

function TopBar() {
  const { organization } = useMe();
  const queryClient = useQueryClient();
  return (
    <header className="sticky top-0 z-30 flex h-13 items-center gap-2 border-b border-line bg-surface/95 px-3 backdrop-blur sm:px-6">
      <NarrowNav />
      <p className="min-w-0 truncate font-medium">{organization.name}</p>
      <SandboxRibbon />
      <div className="ml-auto flex shrink-0 items-center gap-1.5">
        <LiveDot />
        <Bell />
        {/* What the server says of a connection comes in the language it is asked in. */}
        <LanguageSwitch onChange={() => void queryClient.invalidateQueries()} />
        <UserMenu />
      </div>
    </header>
  );
}

function SandboxRibbon() {
  const { t } = useTranslation('shell');
  const { data: trial } = useQuery(trialQuery);
  if (!trial?.sandboxUrl) return null;
  return (
    <Tooltip text={t('sandboxHint')}>
      <Link
        to="/sandbox"
        className="inline-flex h-6 shrink-0 items-center gap-1 rounded-full bg-warn-soft px-2 text-xs font-semibold text-warn-ink hover:underline"
      >
        <FlaskConical aria-hidden className="size-3.5" />
        <span className="max-sm:sr-only">{t('sandbox')}</span>
      </Link>
    </Tooltip>
  );
}

/** The navigation of a narrow window, behind a button. */
function NarrowNav() {
  const { t } = useTranslation('shell');
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <IconButton label={t('openNavigation')} className="lg:hidden">
          <MenuIcon aria-hidden />
        </IconButton>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 w-64 overflow-y-auto bg-surface shadow-high focus:outline-none"
        >
          <Dialog.Title className="flex h-13 items-center px-5">
            <Brand />
          </Dialog.Title>
          <SideNav onGo={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
