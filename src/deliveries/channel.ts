/** A row of `channels`: a provider's promise to push, with a secret of its own. */
export interface Channel {
  id: string;
  organization_id: string;
  integration_id: string;
  provider: string;
  external_id: string | null;
  token_hash: Buffer;
  secret: string;
  state: 'opening' | 'open' | 'closing' | 'closed';
  created_at: Date;
}
