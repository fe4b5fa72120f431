import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Me, meQuery } from '@/api/account';
import { bodyOf, rest } from '@/api/passerelle';
import { Button } from '@/components/button';
import { Card, CardHeader } from '@/components/card';
import { Form, PasswordField } from '@/components/form';
import { toast } from '@/components/toast';

export function PasswordPart({ me }: { me: Me }) {
  const { t } = useTranslation('account');
  return (
    <Card>
      <CardHeader title={t('password.title')} hint={t(me.has_password ? 'password.hint' : 'password.none')} />
      {me.has_password && (
        <div className="px-4 py-3">
          <PasswordForm email={me.email} />
        </div>
      )}
    </Card>
  );
}

function PasswordForm({ email }: { email: string }) {
  const { t } = useTranslation('account');
  const queryClient = useQueryClient();
  // Another form, and so an empty one, after each change.
  const [changes, setChanges] = useState(0);
  const change = useMutation({
    mutationFn: (body: { current_password: string; new_password: string }) =>
      bodyOf(rest.POST('/api/auth/password', { body })),
    onSuccess: async () => {
      toast.done(t('password.done'));
      setChanges((count) => count + 1);
      await queryClient.invalidateQueries(meQuery);
    },
  });
  return (
    <Form
      key={changes}
      label={t('password.title')}
      error={change.error}
      onSubmit={({ current_password = '', new_password = '' }) => change.mutate({ current_password, new_password })}
    >
      {/* For password managers, which keep a password by its account. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        name="current_password"
        label={t('password.current')}
        autoComplete="current-password"
        maxLength={200}
        required
      />
      <PasswordField
        name="new_password"
        label={t('password.new')}
        hint={t('password.newHint')}
        autoComplete="new-password"
        maxLength={200}
        required
      />
      <Button type="submit" look="primary" isPending={change.isPending}>
        {t('password.change')}
      </Button>
    </Form>
  );
}
