export const KEEP_CHANNEL = 'deliveries.keep-channel';
