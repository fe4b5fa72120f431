export const BEGIN_PASS = 'sync.begin-pass';
