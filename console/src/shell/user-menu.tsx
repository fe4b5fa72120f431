import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { BookOpen, ChevronDown, LogOut, UserRound } from 'lucide-react';
import { useMe } from '@/api/account';
import { live, ORIGIN, session } from '@/api/passerelle';
import { Menu, MenuChoice, MenuItem, MenuLine, MenuLink } from '@/components/menu';
import { chooseTheme, useTheme } from '@/theme/theme';

export function UserMenu() {
  const { t } = useTranslation('shell');
  const me = useMe();
  const theme = useTheme();
  const queryClient = useQueryClient();
  const navigate = useNavigate();

  const signOut = async () => {
    // First: the server ends the socket with the session, and that is no reason to come back.
    live.close();
    await session.signOut();
    await navigate({ to: '/login', search: {} });
    queryClient.clear();
  };
  const initials = me.name
    .split(/\s+/)
    .map(([letter]) => letter)
    .join('')
    .slice(0, 2)
    .toUpperCase();

  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`${initials}, ${t('user.menu', { name: me.name })}`}
          className="inline-flex h-8 items-center gap-1 rounded-md pr-1 pl-0.5 text-muted hover:bg-sunken hover:text-ink"
        >
          <span className="inline-flex size-7 items-center justify-center rounded-full bg-accent-soft text-2xs font-semibold text-accent-ink">
            {initials}
          </span>
          <ChevronDown aria-hidden className="size-3.5" />
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="font-semibold">{me.name}</p>
        <p className="text-xs break-all text-muted">{me.email}</p>
        <p className="text-xs text-muted">{t(`user.role.${me.role}`)}</p>
      </div>
      <MenuLine />
      <MenuChoice
        label={t('theme.label')}
        value={theme}
        onChange={chooseTheme}
        options={[
          ['system', t('theme.system')],
          ['light', t('theme.light')],
          ['dark', t('theme.dark')],
        ]}
      />
      <MenuLine />
      <MenuLink>
        <Link to="/account">
          <UserRound aria-hidden />
          {t('user.account')}
        </Link>
      </MenuLink>
      <MenuLink>
        <a href={new URL('/docs', ORIGIN).href} target="_blank" rel="noreferrer">
          <BookOpen aria-hidden />
          {t('user.apiDocs')}
        </a>
      </MenuLink>
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void signOut()}>
        {t('user.signOut')}
      </MenuItem>
    </Menu>
  );
}
