import { useMutation } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { session } from '@/api/passerelle';
import { Button } from '@/components/button';
import { Form, type FormValues, PasswordField, TextField } from '@/components/form';
import { Entrance } from './entrance';
import { registerRoute } from './entrance.route';

export function RegisterScreen() {
  const { t } = useTranslation('entrance');
  const { next } = registerRoute.useSearch();
  const router = useRouter();
  const register = useMutation({
    mutationFn: ({ organization_name = '', name = '', email = '', password = '' }: FormValues) =>
      session.register({ organization_name, name, email, password }),
    onSuccess: () => router.navigate({ to: next ?? '/', replace: true }),
  });
  return (
    <Entrance title={t('register')} hint={t('registerHint')}>
      <Form label={t('register')} error={register.error} onSubmit={(values) => register.mutate(values)}>
        <TextField
          name="organization_name"
          label={t('organization')}
          autoComplete="organization"
          maxLength={120}
          required
        />
        <TextField name="name" label={t('name')} autoComplete="name" maxLength={120} required />
        <TextField name="email" label={t('email')} type="email" autoComplete="username" required />
        <PasswordField
          name="password"
          label={t('password')}
          hint={t('newPasswordHint')}
          autoComplete="new-password"
          maxLength={200}
          required
        />
        <Button type="submit" look="primary" className="w-full" isPending={register.isPending}>
          {t('register')}
        </Button>
      </Form>
      <p className="mt-6 text-center text-muted">
        <Link to="/login" search={{ next }} className="text-accent-ink underline underline-offset-2">
          {t('toSignIn')}
        </Link>
      </p>
    </Entrance>
  );
}
