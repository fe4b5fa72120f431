import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/account';
import { Card, CardHeader, Facts } from '@/components/card';
import { PageHeader } from '@/components/page';
import { PasswordPart } from './password-part';

/** What a person sees of themselves, and changes. What they want to be told stands with the notifications. */
export function AccountScreen() {
  const { t } = useTranslation('account');
  const me = useMe();
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')} />
      <div className="max-w-2xl space-y-4">
        <Card>
          <CardHeader title={t('person')} />
          <div className="px-4 py-3">
            <Facts
              items={[
                [t('name'), me.name],
                [t('email'), me.email],
                [t('role'), t(`shell:user.role.${me.role}`)],
                [t('organization'), me.organization.name],
              ]}
            />
          </div>
        </Card>
        <PasswordPart me={me} />
      </div>
    </>
  );
}
