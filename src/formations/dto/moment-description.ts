export const MOMENT_DESCRIPTION =
  'An instant with its offset, or a local time without one, read in `time_zone`; to the second. A local time that clocks ' +
  'skip is refused, of one that they show twice the earlier is meant';
