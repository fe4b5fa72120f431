const LONGEST = 48;

/** A readable name for addresses: "Atelier Démo" is `atelier-demo`. */
export function toSlug(name: string): string {
  const letters = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
  const slug = letters.replace(/[^a-z0-9]+/g, '-').slice(0, LONGEST);
  return slug.replace(/^-+|-+$/g, '') || 'organisation';
}

/** The same with the end of the organization's id, which is random: for when the plain name is taken. */
export function uniqueSlug(name: string, organizationId: string): string {
  return `${toSlug(name)}-${organizationId.slice(-8)}`;
}
