/** A reading that somebody has ended while it was under way: what it has just read is not to be kept. */
export class ReadingOvertaken extends Error {
  override readonly name = 'ReadingOvertaken';
}
