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
  /** The calendar it watches; null for channels of bookings. */
  calendar_id: string | null;
  resource_id: string | null;
  expires_at: Date | null;
  renew_at: Date | null;
  created_at: Date;
}
