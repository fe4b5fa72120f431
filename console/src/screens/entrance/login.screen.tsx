import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FlaskConical } from 'lucide-react';
import { session } from '@/api/passerelle';
import { trialQuery } from '@/api/trial';
import { Button } from '@/components/button';
import { Form, PasswordField, TextField } from '@/components/form';
import { Notice } from '@/components/notice';
import { Entrance } from './entrance';
import { loginRoute } from './entrance.route';

export function LoginScreen() {
  const { t } = useTranslation('entrance');
  const { next, ended } = loginRoute.useSearch();
  const router = useRouter();
  const { data: trial } = useQuery(trialQuery);
  const signIn = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => session.signIn(email, password),
    onSuccess: () => router.navigate({ to: next ?? '/', replace: true }),
  });
  const demo = trial?.demo;

  return (
    <Entrance title={t('signIn')} hint={t('signInHint')}>
      {ended && (
        <div className="mb-4">
          <Notice tone="info" role="status" title={t('ended')}>
            {t('endedHint')}
          </Notice>
        </div>
      )}
      <Form
        label={t('signIn')}
        error={signIn.error}
        onSubmit={({ email = '', password = '' }) => signIn.mutate({ email, password })}
      >
        <TextField name="email" label={t('email')} type="email" autoComplete="username" required />
        <PasswordField name="password" label={t('password')} autoComplete="current-password" maxLength={200} required />
        <Button
          type="submit"
          look="primary"
          className="w-full"
          isPending={signIn.isPending && !isDemo(signIn.variables, demo)}
        >
          {t('signIn')}
        </Button>
      </Form>
      {demo && (
        <div className="mt-6 rounded-lg border border-line bg-surface p-4">
          <p className="flex items-center gap-2 font-semibold">
            <FlaskConical aria-hidden className="size-4 text-warn-ink" />
            {t('demo')}
          </p>
          <p className="mt-0.5 text-muted">{t('demoHint')}</p>
          <Button
            className="mt-3 w-full"
            isPending={signIn.isPending && isDemo(signIn.variables, demo)}
            onClick={() => signIn.mutate(demo)}
          >
            {t('demoEnter')}
          </Button>
        </div>
      )}
      <p className="mt-6 text-center text-muted">
        <Link to="/register" search={{ next }} className="text-accent-ink underline underline-offset-2">
          {t('toRegister')}
        </Link>
      </p>
    </Entrance>
  );
}

function isDemo(tried: { email: string } | undefined, demo: { email: string } | null | undefined): boolean {
  return tried !== undefined && tried.email === demo?.email;
}
