import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who booked, or whom somebody wrote down. What is noted about them stands in `prospect_notes`. */
@Entity('prospects')
export class Prospect {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  organization_id!: string;

  @Column('text')
  firstname!: string;

  @Column('text')
  lastname!: string;

  /** As it was written; `email_key` is what makes it unique in the organization. */
  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text', { nullable: true })
  email_key!: string | null;

  @Column('text', { nullable: true })
  phone!: string | null;

  /** The CRM's own word. */
  @Column('text')
  status!: string;

  @Column('text')
  source!: string;

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz')
  updated_at!: Date;

  /** Somebody nobody could recognise or reach is not worth a row. */
  static isRecognisable({ firstname, lastname, email, phone }: ProspectIdentity): boolean {
    return [firstname, lastname, email ?? '', phone ?? ''].some((text) => text.trim() !== '');
  }
}

export type ProspectIdentity = Pick<Prospect, 'firstname' | 'lastname' | 'email' | 'phone'>;
